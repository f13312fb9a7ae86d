#!/usr/bin/env bash
# arctic@3.7.0 and openid-client@6.9.0, Node 20.20.2, run 2026-11-30.
# Expected: `tokens.accessTokenExpiresAt()` is the moment at which the token ends. Asked again half an hour later it is the same.
# It does: it adds `expires_in` to the time of the call, so the moment moves ahead with the clock and no token is ever expired.
# openid-client's helper counts from the answer and is at 0 in the end. Seen:
#   as stated: a token of 3600 s, two hours later: arctic ends in 3600 s, openid-client in 0 s
# Why it matters: who keeps the tokens and asks before each call sends an expired token to the API, and never refreshes it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts arctic@3.7.0 openid-client@6.9.0
cat >check.mjs <<'EOF'
import { Auth0 } from "arctic";
import * as client from "openid-client";

const RealDate = Date;
let ms = 0;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [RealDate.now() + ms]));
  }
  static now() {
    return RealDate.now() + ms;
  }
};
globalThis.fetch = async () => Response.json({ access_token: "a", token_type: "Bearer", expires_in: 3_600 });
const auth0 = new Auth0("tenant.example.com", "client", "x", "https://app.example/callback");
const tokens = await auth0.refreshAccessToken("r");
const issuer = "https://tenant.example.com/";
const config = new client.Configuration({ issuer, token_endpoint: `${issuer}oauth/token` }, "client", "x");
const others = await client.refreshTokenGrant(config, "r");
ms += 2 * 3_600_000;
const left = Math.round((tokens.accessTokenExpiresAt() - Date.now()) / 1000);
const seen = `arctic ends in ${left} s, openid-client in ${others.expiresIn()} s`;
const asStated = seen === "arctic ends in 3600 s, openid-client in 0 s";
console.log(`${asStated ? "as stated" : "CHANGED"}: a token of 3600 s, two hours later: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
