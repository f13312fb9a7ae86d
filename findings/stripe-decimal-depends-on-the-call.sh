#!/usr/bin/env bash
# stripe@23.1.0, Node 20.20.2, run 2026-11-29.
# Expected: `unit_amount_decimal`, typed `Decimal` on every Price since stripe-node 22, is a Decimal wherever a Price comes from.
# It does: a Decimal when the price is read by itself or within a subscription's items; a string when the same price comes
# expanded within a product, or in a webhook event. The types say Decimal in all of them. Seen:
#   as stated: retrieve DecimalImpl, expanded default_price String, webhook event String
# Why it matters: `price.unit_amount_decimal.mul(3)` passes the compiler and is a TypeError in the webhook handler;
# `===` with a string is true in one place and false in the other. String(value) is right in all of them.
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
const price = { id: "price_1", object: "price", currency: "eur", unit_amount_decimal: "12.50" };
const answer = ({ url }) => (url.startsWith("/v1/products") ? { id: "prod_1", object: "product", default_price: price } : price);
const read = await stripe.prices.retrieve("price_1");
const { default_price: expanded } = await stripe.products.retrieve("prod_1", { expand: ["default_price"] });
const payload = JSON.stringify({ id: "evt_1", object: "event", type: "price.created", data: { object: price } });
const header = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_x" });
const event = stripe.webhooks.constructEvent(payload, header, "whsec_x");
const [a, b, c] = [read, expanded, event.data.object].map((one) => one.unit_amount_decimal.constructor.name);
verdict(a === "DecimalImpl" && b === "String" && c === "String", `retrieve ${a}, expanded default_price ${b}, webhook event ${c}`);
EOF
node check.mjs
