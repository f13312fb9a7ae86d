#!/usr/bin/env bash
# @polar-sh/express@0.3.0 with express@4.21.2, Node 20.20.2, run 2026-11-30.
# Expected: an event that Polar signed is verified against the bytes that were signed, whatever they are.
# It does: the handler wants `express.json()` in front, as its README shows, and verifies what `JSON.stringify` makes of the parsed
# body. That puts keys that are numbers first and in order, and writes 10.0 as 10, so the signature does not fit. Seen:
#   as stated: three signed events, metadata with seats 10: 200, a key 2026: 403, seats 10.0: 403, handled 1
# Why it matters: the events of the customers with such metadata are refused each time that Polar sends them; all others arrive.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @polar-sh/express@0.3.0 express@4.21.2 standardwebhooks@1.0.0
cat >check.mjs <<'EOF'
import { Webhooks } from "@polar-sh/express";
import express from "express";
import { Webhook } from "standardwebhooks";

const webhookSecret = "polar_whs_check";
const signer = new Webhook(Buffer.from(webhookSecret).toString("base64"));
const handled = [];
const onPayload = async (payload) => void handled.push(payload.type);
const app = express().use(express.json()).post("/webhooks", Webhooks({ webhookSecret, onPayload }));
const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
console.log = () => {};

const id = "00000000-0000-4000-8000-000000000001";
const customer = (metadata) =>
  `{"type":"customer.created","data":{"id":"${id}","created_at":"2026-11-30T12:00:00Z","modified_at":null,"metadata":${metadata},` +
  `"external_id":null,"email":"ada@app.example","email_verified":true,"name":"Ada","billing_address":null,"tax_id":null,` +
  `"organization_id":"${id}","deleted_at":null,"avatar_url":"https://app.example/a.png"}}`;
async function deliver(metadata) {
  const body = customer(metadata);
  const date = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(date / 1000)),
    "webhook-signature": signer.sign("msg_1", date, body),
  };
  const { port } = server.address();
  return (await fetch(`http://127.0.0.1:${port}/webhooks`, { method: "POST", headers, body })).status;
}
const plain = await deliver('{"vip":true,"seats":10}');
const number = await deliver('{"vip":true,"2026":"paid"}');
const fraction = await deliver('{"vip":true,"seats":10.0}');
server.close();
server.closeAllConnections();
const seen = `seats 10: ${plain}, a key 2026: ${number}, seats 10.0: ${fraction}, handled ${handled.length}`;
const asStated = seen === "seats 10: 200, a key 2026: 403, seats 10.0: 403, handled 1";
process.stdout.write(`${asStated ? "as stated" : "CHANGED"}: three signed events, metadata with ${seen}\n`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
