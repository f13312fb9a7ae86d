#!/usr/bin/env bash
# stripe@23.1.0 (and 21.0.1 to compare), Node 20.20.2, run 2026-11-29.
# Expected: an option that the SDK does not know, `idempotency_key` as the API and stripe-python spell it, is refused, as
# stripe-node did up to 21.
# It does: unknown options are dropped without a warning, and the request goes out with a key made up for this call. Seen:
#   as stated: 23 sends stripe-node-retry-<uuid>; 21 throws
# Why it matters: the caller's key is what makes a repeated payment one payment. With this typing error every try of a job is
# a new payment, and nothing says so. TypeScript finds it in a literal, not in an object that is built elsewhere.
# The changelog of 22 says that parameters and options are no longer mixed; of unknown options it says nothing.
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
const keys = [];
const answer = ({ headers }) => {
  keys.push(headers["idempotency-key"]);
  return { id: "cus_1", object: "customer" };
};
const options = { idempotency_key: "order-17" };
await stripe.customers.create({ name: "x" }, options);
const { default: Older } = await import("stripe-21");
const older = new Older("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const before = await older.customers.create({ name: "x" }, options).then(() => "sends", () => "throws");
const key = String(keys[0]).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "<uuid>");
verdict(key === "stripe-node-retry-<uuid>" && before === "throws", `23 sends ${key}; 21 ${before}`);
EOF
node check.mjs
