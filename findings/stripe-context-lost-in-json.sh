#!/usr/bin/env bash
# stripe@23.1.0, Node 20.20.2, run 2026-11-29.
# Expected: an event notification (thin event) that goes through a queue as JSON is the same notification afterwards: its
# `context`, a text in Stripe's payload, says for which account the object has to be fetched.
# It does: parseEventNotification makes the context an object that JSON writes by its inner fields. Given back as
# `stripeContext`, it becomes the text of any object. Seen:
#   as stated: sent "acct_1", in JSON {"_segments":["acct_1"]}, header afterwards [object Object]
# Why it matters: receiving first and working from a queue is the advised way to handle events. The worker's requests name no
# account. String(notification.context) before the queue keeps it. Not in the README.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts stripe@23.1.0
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import Stripe from "stripe";

const seen = [];
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk)).on("end", () => {
    seen.push(`${request.method} ${request.url}${body && ` ${body}`}`);
    const { status = 200, ...json } = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
const stripe = new Stripe("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const verdict = (asStated, what) => {
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${what}`);
  process.exit(asStated ? 0 : 1);
};
let header;
const answer = ({ headers }) => {
  header = headers["stripe-context"];
  return { id: "mtr_1", object: "billing.meter" };
};
const related_object = { id: "mtr_1", type: "billing.meter", url: "/v1/billing/meters/mtr_1" };
const event = { id: "evt_1", object: "v2.core.event", type: "v1.billing.meter.error_report_triggered", context: "acct_1" };
const payload = JSON.stringify({ ...event, livemode: false, created: "2026-11-29T00:00:00.000Z", related_object });
const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_x" });
const notification = stripe.parseEventNotification(payload, signature, "whsec_x");
await stripe.billing.meters.retrieve("mtr_1", {}, { stripeContext: notification.context });
const direct = header;
const queued = JSON.parse(JSON.stringify(notification));
await stripe.billing.meters.retrieve("mtr_1", {}, { stripeContext: queued.context });
const text = JSON.stringify(queued.context);
verdict(direct === "acct_1" && text === '{"_segments":["acct_1"]}' && header === "[object Object]",
  `sent "${direct}", in JSON ${text}, header afterwards ${header}`);
EOF
node check.mjs
