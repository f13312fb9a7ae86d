#!/usr/bin/env bash
# @badgateway/oauth2-client@3.3.1, Node 20.20.2, run 2026-11-30.
# Expected: OAuth2Fetch refreshes a token in the background one minute before its end; one of 30 days, which Auth0 allows, in 30 days.
# It does: the wait is handed to setTimeout, which knows 24.8 days at the most and fires at once beyond. Each refresh brings another
# token of 30 days and the next refresh. Seen:
#   as stated: refreshes in 0.3 s, of which 1 was asked for: a token of 20 days 1, of 30 days more than 3
# Why it matters: one idle application asks the token endpoint as often as it answers, up to the limit of the whole tenant.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @badgateway/oauth2-client@3.3.1
cat >check.mjs <<'EOF'
import { setTimeout as later } from "node:timers/promises";
import { OAuth2Client, OAuth2Fetch } from "@badgateway/oauth2-client";

async function refreshesOf(days) {
  let refreshes = 0;
  const fetch = async () => {
    refreshes += 1;
    await later(20);
    return Response.json({ access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: days * 86_400 });
  };
  const client = new OAuth2Client({ clientId: "client", tokenEndpoint: "https://tenant.example.com/oauth/token", fetch });
  const token = { accessToken: "a", refreshToken: "r", expiresAt: Date.now() + days * 86_400_000 };
  const api = new OAuth2Fetch({ client, getNewToken: () => token, getStoredToken: () => token });
  await api.getAccessToken();
  await api.refreshToken();
  await later(300);
  api.options.scheduleRefresh = false;
  return refreshes;
}
const [twenty, thirty] = [await refreshesOf(20), await refreshesOf(30)];
const seen = `a token of 20 days ${twenty}, of 30 days ${thirty > 3 ? "more than 3" : thirty}`;
const asStated = seen === "a token of 20 days 1, of 30 days more than 3";
console.log(`${asStated ? "as stated" : "CHANGED"}: refreshes in 0.3 s, of which 1 was asked for: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node --no-warnings check.mjs
