#!/usr/bin/env bash
# @auth0/ai@5.1.1 with openid-client@6.8.9, Node 20.20.2, run 2026-11-30.
# Expected: a tool behind the device flow that asks for `offline_access` logs in once. Its documentation says that tokens, and refresh
# tokens where there are any, are stored and reused transparently.
# It does: the refresh token is stored with the access token, for as long as that lasts, and never redeemed. When it ends the user
# is given another code to type in. Seen:
#   as stated: a call, and one an hour later: 2 codes shown, 0 refresh tokens redeemed
# Why it matters: an agent that works for a day interrupts its user every hour.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional @auth0/ai@5.1.1 \
  openid-client@6.8.9 auth0@4.37.0
cat >check.cjs <<'EOF'
const { DeviceAuthorizerBase } = require("@auth0/ai/Device");

const tenant = "https://tenant.example.com";
const grants = [];
let codes = 0;
globalThis.fetch = async (input, init) => {
  const { pathname } = new URL(String(input.url ?? input));
  if (pathname.startsWith("/.well-known/")) {
    const device_authorization_endpoint = `${tenant}/oauth/device/code`;
    return Response.json({ issuer: `${tenant}/`, token_endpoint: `${tenant}/oauth/token`, device_authorization_endpoint });
  }
  if (pathname === "/oauth/device/code") {
    codes += 1;
    const verification_uri = `${tenant}/activate`;
    return Response.json({ device_code: "d", user_code: "WXYZ", verification_uri, expires_in: 900, interval: 5 });
  }
  grants.push(new URLSearchParams(String(init.body)).get("grant_type"));
  const scope = "openid offline_access";
  return Response.json({ access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: 3_600, scope });
};
let now = 0;
const entries = new Map();
const at = (namespace, key) => [...namespace, key].join("/");
const store = {
  get: async (namespace, key) => {
    const entry = entries.get(at(namespace, key));
    return entry && entry.until > now ? entry.value : undefined;
  },
  put: async (namespace, key, value, { expiresIn = Infinity }) => void entries.set(at(namespace, key), { value, until: now + expiresIn }),
  delete: async (namespace, key) => void entries.delete(at(namespace, key)),
};
const settings = { domain: "tenant.example.com", clientId: "client" };
const rules = { store, scopes: ["openid", "offline_access"], audience: "https://api.example" };
const authorizer = new DeviceAuthorizerBase(settings, rules);
const context = () => ({ threadID: "thread_1", toolName: "read", toolCallID: "call_1" });
const read = authorizer.protect(context, async () => "done");
(async () => {
  const results = [await read({})];
  now += 61 * 60_000;
  results.push(await read({}));
  if (results.join() !== "done,done") throw new Error(`the tool gave ${results}`);
  const seen = `${codes} codes shown, ${grants.filter((grant) => grant === "refresh_token").length} refresh tokens redeemed`;
  const asStated = seen === "2 codes shown, 0 refresh tokens redeemed";
  console.log(`${asStated ? "as stated" : "CHANGED"}: a call, and one an hour later: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node --no-warnings check.cjs
