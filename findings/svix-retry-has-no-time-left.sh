#!/usr/bin/env bash
# svix@2.5.0 (1.99.1 likewise), Node 20.20.2, run 2026-11-30.
# Expected: `requestTimeout` is "time in milliseconds to wait for requests to get a response", `numRetries` how often the client
# tries again "if a server-side error or timeout is received". A slow first answer is given up, the next try has its own time.
# It does: one clock runs from the first try, through the pauses, for all of them. After a timeout every further try fails before it
# leaves the machine, and after a 503 the tries fail whose turn comes later than the timeout. Seen:
#   as stated: slow at first: 1 requests, fails with TimeoutError; 503, then a pause: 1 requests, fails with TimeoutError; no
#   timeout: 2 requests, sent
# Why it matters: a timeout turns the retries off for just the failures they are meant for, and the message is not sent.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts svix@2.5.0
cat >check.mjs <<'EOF'
import { createServer } from "node:http";
import { Svix } from "svix";

let requests, answerFirst;
const server = createServer((request, response) => {
  requests += 1;
  const message = JSON.stringify({ id: "msg_1", eventType: "order.paid", payload: {}, timestamp: new Date() });
  const answer = (status) => response.writeHead(status, { "content-type": "application/json" }).end(message);
  if (requests === 1) answerFirst(answer);
  else answer(202);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const serverUrl = `http://127.0.0.1:${server.address().port}`;

async function send(options, first) {
  requests = 0;
  answerFirst = first;
  const svix = new Svix("testsk_1.eu", { serverUrl, ...options });
  const sent = svix.message.create("app_1", { eventType: "order.paid", payload: {} });
  const outcome = await sent.then(
    () => "sent",
    (error) => `fails with ${error.name}`,
  );
  return `${requests} requests, ${outcome}`;
}
const refused = (answer) => answer(503);
const slow = await send({ requestTimeout: 300, numRetries: 2 }, (answer) => setTimeout(answer, 1500, 202));
const paused = await send({ requestTimeout: 300, retryScheduleInMs: [500, 500] }, refused);
const untimed = await send({ retryScheduleInMs: [500, 500] }, refused);
const failed = "1 requests, fails with TimeoutError";
const asStated = slow === failed && paused === failed && untimed === "2 requests, sent";
console.log(`${asStated ? "as stated" : "CHANGED"}: slow at first: ${slow}; 503, then a pause: ${paused}; no timeout: ${untimed}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
