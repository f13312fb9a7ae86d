#!/usr/bin/env bash
# @auth0/ai@5.1.1, Node 20.20.2, run 2026-11-30.
# Expected: the pending request of a tool call that waits for the user's approval is in the store, and the call that is resumed finds
# it there, whichever request of the server made the authorizer, from the same settings.
# It does: the key in the store is a hash over the settings and over the Auth0 client, an object, which the hash counts instead of
# reading. A second authorizer has another key: it asks the user again, and the approval of the first request is never fetched. Seen:
#   as stated: a call and its resumption ask the user: one authorizer once, an authorizer for each request twice
# Why it matters: where a handler makes its tools for each request, or another instance resumes, no approval is ever enough.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps --omit=optional @auth0/ai@5.1.1 auth0@4.37.0
cat >check.cjs <<'EOF'
const { AsyncAuthorizerBase } = require("@auth0/ai/AsyncAuthorization");
const { MemoryStore } = require("@auth0/ai/stores");

const settings = { domain: "tenant.example.com", clientId: "client", clientSecret: "x" };
const context = () => ({ threadID: "thread_1", toolName: "buy", toolCallID: "call_1" });
async function timesAsked(authorizers) {
  let asked = 0;
  globalThis.fetch = async (input) => {
    if (String(input.url ?? input).endsWith("/bc-authorize")) {
      asked += 1;
      return Response.json({ auth_req_id: `request_${asked}`, expires_in: 300, interval: 5 });
    }
    return Response.json({ error: "authorization_pending", error_description: "The user has not answered." }, { status: 400 });
  };
  const store = new MemoryStore();
  const rules = { store, scopes: ["buy"], audience: "https://api.example", userID: "auth0|1", bindingMessage: "Buy 10" };
  const [first, resumed] = authorizers(() => new AsyncAuthorizerBase(settings, rules));
  for (const authorizer of [first, resumed]) {
    const error = await authorizer.protect(context, async () => "bought")({}).catch((interrupt) => interrupt);
    if (error.code !== "ASYNC_AUTHORIZATION_AUTHORIZATION_PENDING") throw error;
  }
  return ["never", "once", "twice"][asked];
}
(async () => {
  const one = await timesAsked((make) => Array(2).fill(make()));
  const each = await timesAsked((make) => [make(), make()]);
  const seen = `one authorizer ${one}, an authorizer for each request ${each}`;
  const asStated = seen === "one authorizer once, an authorizer for each request twice";
  console.log(`${asStated ? "as stated" : "CHANGED"}: a call and its resumption ask the user: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node --no-warnings check.cjs
