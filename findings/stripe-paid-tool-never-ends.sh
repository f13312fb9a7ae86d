#!/usr/bin/env bash
# @stripe/agent-toolkit@0.9.0 with stripe@17.7.0 and @modelcontextprotocol/sdk@1.32.2, Node 20.20.2, run 2026-11-30.
# Expected: a tool that `registerPaidTool()` sells by subscription runs while the customer's subscription is active or in its trial,
# and asks for payment when it has ended. It looks for the active subscription to that end.
# It does: what it finds is not used: one paid Checkout session, however old, is enough. A trial, of which the session says
# `no_payment_required`, is not paid, and each call makes another Checkout session for another subscription. Seen:
#   as stated: active: served; canceled: served; trial: payment_required; no session: payment_required
# Why it matters: who cancels after a month keeps the tool for good; who is in the trial is asked to subscribe again.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps @stripe/agent-toolkit@0.9.0 stripe@17.7.0 \
  @modelcontextprotocol/sdk@1.32.2 zod@3.25.76
cat >check.cjs <<'EOF'
const { once } = require("node:events");
const http = require("node:http");
const https = require("node:https");

// Stripe's API, on loopback: the SDK inside the toolkit has no setting for its address.
let state;
const lists = {
  "/v1/customers": () => [{ id: "cus_1", object: "customer", email: "a@example.com" }],
  "/v1/checkout/sessions": () => state.sessions,
  "/v1/subscriptions": () => state.subscriptions,
};
const api = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  const list = { object: "list", has_more: false, url: pathname, data: lists[pathname]?.() ?? [] };
  const body = request.method === "GET" ? list : { id: "cs_new", object: "checkout.session", url: "https://checkout.example" };
  request.resume();
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
});
https.request = (options) => {
  const request = http.request({ ...options, host: "127.0.0.1", port: api.address().port, agent: undefined });
  return request.once("socket", (socket) => socket.connecting && socket.once("connect", () => socket.emit("secureConnect")));
};
const { registerPaidTool } = require("@stripe/agent-toolkit/modelcontextprotocol");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { InMemoryTransport } = require("@modelcontextprotocol/sdk/inMemory.js");
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");

const toSession = (payment_status) => ({
  id: "cs_1", object: "checkout.session", payment_status, subscription: "sub_1", metadata: { toolName: "report" },
});
const subscription = { id: "sub_1", object: "subscription", items: { data: [{ price: { id: "price_1" } }] } };
const states = {
  active: { sessions: [toSession("paid")], subscriptions: [{ ...subscription, status: "active" }] },
  // The list of a cancelled customer's active subscriptions is empty, and so is that of one in the trial, which is not asked for.
  canceled: { sessions: [toSession("paid")], subscriptions: [] },
  trial: { sessions: [toSession("no_payment_required")], subscriptions: [] },
  "no session": { sessions: [], subscriptions: [] },
};
const run = async () => {
  await once(api.listen(0, "127.0.0.1"), "listening");
  const server = new McpServer({ name: "example", version: "1" });
  await registerPaidTool(server, "report", "A report", {}, async () => ({ content: [{ type: "text", text: "served" }] }), {
    paymentReason: "example", stripeSecretKey: "sk_test_x", userEmail: "a@example.com",
    checkout: { mode: "subscription", line_items: [{ price: "price_1", quantity: 1 }], success_url: "https://app.example" },
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(ours);
  const client = new Client({ name: "example", version: "1" });
  await client.connect(theirs);
  const parts = [];
  for (const [name, value] of Object.entries(states)) {
    state = value;
    const { text } = (await client.callTool({ name: "report", arguments: {} })).content[0];
    parts.push(`${name}: ${text.startsWith("{") ? JSON.parse(text).status : text}`);
  }
  const seen = parts.join("; ");
  const stated = "active: served; canceled: served; trial: payment_required; no session: payment_required";
  console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(seen === stated ? 0 : 1);
};
run();
EOF
node check.cjs
