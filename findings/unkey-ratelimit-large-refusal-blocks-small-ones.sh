#!/usr/bin/env bash
# @unkey/ratelimit@2.1.4 with @unkey/api@2.5.1, Node 20.20.2, run 2026-11-30.
# Expected: `limit(identifier, { cost })` asks whether so much is left. A refusal of a large request, which says that 10 units are
# left, says nothing of a request of 1 unit: the API is asked, and grants it.
# It does: any refusal is kept until the window ends and given to all that follow for this identifier, whatever they cost; nobody
# is asked. The answer says at once that 10 units are left and that 1 is too many. Seen:
#   as stated: 90: granted; 50: refused, 10 left; 1: refused, 10 left; 10: refused, 10 left; the API was asked 2 times
# Why it matters: one request that is too large for the rest of the window takes the small ones away from its customer.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @unkey/ratelimit@2.1.4 @unkey/api@2.5.1
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { Ratelimit } from "@unkey/ratelimit";

// The API: 100 units in a window, and a request that does not fit takes none.
let [left, asked] = [100, 0];
const api = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { cost, limit } = JSON.parse(Buffer.concat(chunks).toString());
  const success = cost <= left;
  if (success) left -= cost;
  asked += 1;
  const data = { success, limit, remaining: left, reset: Date.now() + 3_600_000 };
  response.setHeader("content-type", "application/json").end(JSON.stringify({ meta: { requestId: "req_1" }, data }));
}).listen(0, "127.0.0.1");
await once(api, "listening");
const baseUrl = `http://127.0.0.1:${api.address().port}`;
const limiter = new Ratelimit({ rootKey: "unkey_of_this_example", namespace: "reports", limit: 100, duration: "60m", baseUrl });
const parts = [];
for (const cost of [90, 50, 1, 10]) {
  const { success, remaining } = await limiter.limit("customer", { cost });
  parts.push(`${cost}: ${success ? "granted" : `refused, ${remaining} left`}`);
}
const seen = `${parts.join("; ")}; the API was asked ${asked} times`;
const stated = "90: granted; 50: refused, 10 left; 1: refused, 10 left; 10: refused, 10 left; the API was asked 2 times";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
