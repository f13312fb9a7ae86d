#!/usr/bin/env bash
# @dodopayments/ingestion-blueprints@0.6.1 with dodopayments@2.52.0, Node 20.20.2, run 2026-11-30.
# Expected: `createBatch()`, documented for much traffic and less overhead, sends the events of a batch in one request, at the
# latest `flushInterval` after the first, and keeps what could not be sent for the next time.
# It does: each event is a request of its own; events are taken out of the batch before they are sent, so a failed flush has lost
# them; and each event that comes starts the interval anew, so steady traffic is not sent at all until `maxSize`. Seen:
#   as stated: 5 events, 5 requests; after an outage 0 of 5 are sent again; an event each 100 ms, interval 300 ms: 0 sent in 2 s
# Why it matters: calls that were served are never billed, and nobody can tell which.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @dodopayments/ingestion-blueprints@0.6.1 dodopayments@2.52.0
cat >check.mjs <<'EOF'
import { setTimeout } from "node:timers/promises";
import { createBatch, Ingestion } from "@dodopayments/ingestion-blueprints";

let [requests, isDown] = [0, false];
const accepted = [];
globalThis.fetch = async (_, init) => {
  requests += 1;
  if (isDown) return Response.json({ code: "UNAVAILABLE" }, { status: 503, headers: { "x-should-retry": "false" } });
  const { events } = JSON.parse(init.body);
  accepted.push(...events);
  return Response.json({ ingested_count: events.length });
};
const ingestion = new Ingestion({ apiKey: "dodo_of_this_example", environment: "test_mode", eventName: "api_call" });
const call = { customerId: "customer" };
const fill = (batch) => {
  for (let event = 0; event < 5; event += 1) batch.add(call);
};

const first = createBatch(ingestion);
fill(first);
await first.flush();
const parts = [`${accepted.length} events, ${requests} requests`];

isDown = true;
fill(first);
await first.flush().catch(() => {});
await setTimeout(200);
isDown = false;
accepted.length = 0;
await first.flush();
parts.push(`after an outage ${accepted.length} of 5 are sent again`);

const second = createBatch(ingestion, { flushInterval: 300 });
const until = Date.now() + 2_000;
while (Date.now() < until) {
  second.add(call);
  await setTimeout(100);
}
parts.push(`an event each 100 ms, interval 300 ms: ${accepted.length} sent in 2 s`);
await second.cleanup();
const seen = parts.join("; ");
const stated = "5 events, 5 requests; after an outage 0 of 5 are sent again; an event each 100 ms, interval 300 ms: 0 sent in 2 s";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
