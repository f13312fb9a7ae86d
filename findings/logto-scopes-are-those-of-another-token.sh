#!/usr/bin/env bash
# @logto/node@3.1.11, Node 20.20.2, run 2026-11-30.
# Expected: `getContext({ getAccessToken: true, resource, organizationId })` gives an access token for the organization, and `scopes`
# are those of that token.
# It does: the scopes are read from a second token, which is asked for without the organization. Seen:
#   as stated: 2 tokens asked for; the one that is given has read:orders, the scopes that are given are read:orders delete:orders
# Why it matters: a page that goes by `scopes` offers in one organization what the user may do in another; each context asks twice.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @logto/node@3.1.11 @logto/client@3.1.9 @logto/js@6.1.2
cat >check.mjs <<'EOF'
import LogtoClient from "@logto/node";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims) => [part({ alg: "ES384" }), part({ iss: "i", aud: "a", exp: 2e9, iat: 1, ...claims }), "c2ln"].join(".");
const endpoint = "https://tenant.logto.example";
const asked = [];
globalThis.fetch = async (input, init) => {
  if (String(input).endsWith("/.well-known/openid-configuration")) {
    return Response.json({ token_endpoint: `${endpoint}/oidc/token`, issuer: `${endpoint}/oidc` });
  }
  const organization = new URLSearchParams(init.body).get("organization_id");
  asked.push(organization);
  const scope = organization ? "read:orders" : "read:orders delete:orders";
  return Response.json({ access_token: token({ scope }), refresh_token: "r", scope, expires_in: 3_600 });
};
const items = new Map([
  ["idToken", token({ sub: "user" })],
  ["refreshToken", "r"],
]);
const storage = {
  getItem: async (key) => items.get(key) ?? null,
  setItem: async (key, value) => void items.set(key, value),
  removeItem: async (key) => void items.delete(key),
};
const client = new LogtoClient({ endpoint, appId: "app", appSecret: "x" }, { storage, navigate() {} });
const resource = "https://api.example";
const context = await client.getContext({ getAccessToken: true, resource, organizationId: "org_1" });
const { scope } = JSON.parse(Buffer.from(context.accessToken.split(".")[1], "base64url"));
const tokens = `${asked.length} tokens asked for`;
const seen = `${tokens}; the one that is given has ${scope}, the scopes that are given are ${context.scopes?.join(" ")}`;
const expected = `2 tokens asked for; the one that is given has read:orders, the scopes that are given are read:orders delete:orders`;
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
