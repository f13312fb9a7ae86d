#!/usr/bin/env bash
# @auth0/ai@5.1.1, Node 20.20.2, run 2026-11-30.
# Expected: while the user is asked to approve a tool call, a poll that Auth0 answers with 503 fails. The request stands, and a later
# poll fetches the approval.
# It does: whatever is not "pending" or "slow down" ends the request. The next call starts another one, and the approval of the first
# is never fetched. The error is not thrown either: the tool returns it as its result. Seen:
#   as stated: pending, 503, pending: throws ASYNC_AUTHORIZATION_AUTHORIZATION_PENDING, then returns an error; the user was asked 2 times
# Why it matters: the user approves, and is asked to approve; the model is handed an error object as what the tool found.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional @auth0/ai@5.1.1 auth0@4.37.0
cat >check.cjs <<'EOF'
const { AsyncAuthorizerBase } = require("@auth0/ai/AsyncAuthorization");
const { MemoryStore } = require("@auth0/ai/stores");

let asked = 0;
let outage = false;
globalThis.fetch = async (input, init) => {
  if (String(input.url ?? input).endsWith("/bc-authorize")) {
    asked += 1;
    return Response.json({ auth_req_id: `request_${asked}`, expires_in: 300, interval: 5 });
  }
  if (outage) return Response.json({ error: "temporarily_unavailable" }, { status: 503 });
  const pending = { error: "authorization_pending", error_description: "The user has not answered." };
  return Response.json(pending, { status: 400 });
};
const rules = { store: new MemoryStore(), scopes: ["buy"], audience: "https://api.example", userID: "auth0|1" };
const settings = { domain: "tenant.example.com", clientId: "client", clientSecret: "x" };
const authorizer = new AsyncAuthorizerBase(settings, { ...rules, bindingMessage: "Buy 10" });
const context = () => ({ threadID: "thread_1", toolName: "buy", toolCallID: "call_1" });
const buy = () =>
  authorizer.protect(context, async () => "bought")({}).then(
    (result) => `returns ${result instanceof Error ? "an error" : result}`,
    (error) => `throws ${error.code}`,
  );
(async () => {
  const first = await buy();
  outage = true;
  const second = await buy();
  outage = false;
  await buy();
  const seen = `${first}, then ${second}; the user was asked ${asked} times`;
  const expected = "throws ASYNC_AUTHORIZATION_AUTHORIZATION_PENDING, then returns an error; the user was asked 2 times";
  const asStated = seen === expected;
  console.log(`${asStated ? "as stated" : "CHANGED"}: pending, 503, pending: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node --no-warnings check.cjs
