#!/usr/bin/env bash
# lago-javascript-client@1.53.0, Node 20.20.2, run 2026-12-01.
# Expected: `rateLimitRetry: { retryOnRateLimit: false }` gives the 429 to the caller at once: one request, and the error says how long to
# wait.
# It does: the error is thrown inside the loop that catches it, and the catch goes on to the next try. With the switch off as many
# requests are sent as with it on, and only the pause between them is gone. Seen:
#   as stated: a 429 with 1 s to wait: off: 4 requests in less than a second, LagoRateLimitError; on, 1 retry: 2 requests, a second apart;
#   off with maxRetries 0: 1 request, LagoRateLimitError
# Why it matters: who turns the retries off because a queue does them sends four events for one, without a pause, to an API that has just
# asked for fewer.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts lago-javascript-client@1.53.0
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { Client } from "lago-javascript-client";

let times = [];
const api = http.createServer((request, response) => {
  times.push(performance.now());
  request.resume();
  response.writeHead(429, { "x-ratelimit-limit": "500", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }).end("{}");
});
await once(api.listen(0, "127.0.0.1"), "listening");
const baseUrl = `http://127.0.0.1:${api.address().port}/api/v1`;

async function send(rateLimitRetry) {
  times = [];
  const client = Client("key_of_this_example", { baseUrl, rateLimitRetry });
  const event = { transaction_id: "t_1", external_subscription_id: "sub_1", code: "calls" };
  const error = await client.events.createEvent({ event }).catch((reason) => reason);
  const spread = times.at(-1) - times[0];
  return { requests: `${times.length} request${times.length > 1 ? "s" : ""}`, spread, name: error.name };
}

const off = await send({ retryOnRateLimit: false });
const on = await send({ maxRetries: 1 });
const none = await send({ retryOnRateLimit: false, maxRetries: 0 });
api.closeAllConnections();
api.close();
const seen =
  `a 429 with 1 s to wait: off: ${off.requests} in ${off.spread < 1000 ? "less than a second" : "a second or more"}, ${off.name}; ` +
  `on, 1 retry: ${on.requests}, ${on.spread >= 1000 ? "a second apart" : "less than a second apart"}; ` +
  `off with maxRetries 0: ${none.requests}, ${none.name}`;
const stated =
  "a 429 with 1 s to wait: off: 4 requests in less than a second, LagoRateLimitError; on, 1 retry: 2 requests, a second apart; " +
  "off with maxRetries 0: 1 request, LagoRateLimitError";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
