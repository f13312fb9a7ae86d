#!/usr/bin/env bash
# stripe@23.1.0 (and 21.0.1 to compare), Node 20.20.2, run 2026-11-29.
# Expected: a call that names one customer refuses a missing id before anything is sent, as stripe-node did up to 21.
# It does: the id is put into the path as it comes. `undefined` is asked for by that name, and an empty id makes
# `update` a POST to the collection's own address. Seen:
#   as stated: 23: GET /v1/customers/undefined, POST /v1/customers/ name=x; 21: refused
# Why it matters: an id that is read from metadata may be missing. The error was at the call, with the name of the
# argument; now it is a 404 of the API at best. Not found in the changelog.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts stripe@23.1.0 stripe-21@npm:stripe@21.0.1
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
const answer = () => ({ id: "cus_1", object: "customer" });
await stripe.customers.retrieve(undefined);
await stripe.customers.update("", { name: "x" });
const { default: Older } = await import("stripe-21");
const older = new Older("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const refused = await older.customers.retrieve(undefined)
  .then(() => "sent", ({ message }) => (/must be a string/.test(message) ? "refused" : message));
verdict(seen.join(", ") === "GET /v1/customers/undefined, POST /v1/customers/ name=x" && refused === "refused",
  `23: ${seen.join(", ")}; 21: ${refused}`);
EOF
node check.mjs
