#!/usr/bin/env bash
# stripe@23.1.0, Node 20.20.2, run 2026-11-29.
# Expected: an answer that is not 2xx is an error of the SDK, by its status.
# It does: only the member `error` in the body counts. A 404 or 503 in another JSON shape is a customer without id; a 500
# whose `error` is a text, the shape most frameworks use, is a StripeOAuthError with an empty message. Seen:
#   as stated: 503 -> {"message":"try later"}; 500 -> StripeOAuthError ""
# Why it matters: behind an egress proxy or a stand-in, an outage looks like success: `customer.id` is undefined and is
# saved. Catching StripeAPIError misses the other. Not found documented; checking `id` by its prefix helps.
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
let next;
const answer = () => next;
next = { status: 503, message: "try later" };
const customer = await stripe.customers.retrieve("cus_1").catch((error) => error);
next = { status: 500, error: "Internal Server Error" };
const failure = await stripe.customers.retrieve("cus_1").catch((error) => error);
verdict(!(customer instanceof Error) && failure.type === "StripeOAuthError" && failure.message === "",
  `503 -> ${JSON.stringify(customer)}; 500 -> ${failure.type} ${JSON.stringify(failure.message)}`);
EOF
node check.mjs
