#!/usr/bin/env bash
# svix@2.5.0, Node 20.20.2, run 2026-11-30.
# Expected: `numRetries: 0` means that a message is sent once and its failure told at once.
# It does: 0 counts as not given, and the default of 2 holds: three requests. An empty `retryScheduleInMs` means none. Seen:
#   as stated: requests to a server that answers 503: numRetries 0: 3, 1: 2, 2: 3; retryScheduleInMs []: 1
# Why it matters: a service that queues and repeats by itself sends three times as much to a server that is down already, and the
# smallest number of retries that the option can say is 1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts svix@2.5.0
cat >check.mjs <<'EOF'
import { Svix } from "svix";

async function requestsWith(options) {
  let requests = 0;
  const refuse = async () => {
    requests += 1;
    return new Response("down", { status: 503 });
  };
  const svix = new Svix("testsk_1.eu", { serverUrl: "http://127.0.0.1", fetch: refuse, ...options });
  await svix.message.create("app_1", { eventType: "order.paid", payload: {} }).catch(() => undefined);
  return requests;
}
const counts = [];
for (const numRetries of [0, 1, 2]) counts.push(await requestsWith({ numRetries }));
const [none, one, two] = counts;
const seen = `numRetries 0: ${none}, 1: ${one}, 2: ${two}; retryScheduleInMs []: ${await requestsWith({ retryScheduleInMs: [] })}`;
const asStated = seen === "numRetries 0: 3, 1: 2, 2: 3; retryScheduleInMs []: 1";
console.log(`${asStated ? "as stated" : "CHANGED"}: requests to a server that answers 503: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
