#!/usr/bin/env bash
# @stripe/agent-toolkit@0.9.0 with stripe@17.7.0 and @modelcontextprotocol/sdk@1.32.2, Node 20.20.2, run 2026-11-30.
# Expected: a tool that `registerPaidTool()` sells by use sends its meter event for a call that gave a result, with an identifier by
# which Stripe recognizes a repetition.
# It does: the event is sent before the tool runs, so a call that fails is billed, and the repetition of it again; there is no
# identifier. When the event cannot be sent the tool does not run. Seen:
#   as stated: events of a call: served 1, failed 1, failed 1; identifiers: none; meter down: 0 runs
# Why it matters: an agent tries a failing tool again by itself, and its user pays for each try.
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
let [events, isUp, runs, isFailing] = [[], true, 0, false];
const session = { id: "cs_1", object: "checkout.session", payment_status: "paid", metadata: { toolName: "report" } };
const lists = {
  "/v1/customers": [{ id: "cus_1", object: "customer", email: "a@example.com" }],
  "/v1/checkout/sessions": [session],
};
const api = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  response.setHeader("content-type", "application/json");
  if (pathname === "/v1/billing/meter_events") {
    if (!isUp) response.statusCode = 400;
    else events.push(new URLSearchParams(Buffer.concat(chunks).toString()));
    response.end(JSON.stringify(isUp ? { object: "billing.meter_event" } : { error: { message: "down" } }));
  } else response.end(JSON.stringify({ object: "list", has_more: false, url: pathname, data: lists[pathname] ?? [] }));
});
https.request = (options) => {
  const request = http.request({ ...options, host: "127.0.0.1", port: api.address().port, agent: undefined });
  return request.once("socket", (socket) => socket.connecting && socket.once("connect", () => socket.emit("secureConnect")));
};
const { registerPaidTool } = require("@stripe/agent-toolkit/modelcontextprotocol");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { InMemoryTransport } = require("@modelcontextprotocol/sdk/inMemory.js");
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");

const tool = async () => {
  runs += 1;
  if (isFailing) throw new Error("the report cannot be made");
  return { content: [{ type: "text", text: "served" }] };
};
const run = async () => {
  await once(api.listen(0, "127.0.0.1"), "listening");
  const server = new McpServer({ name: "example", version: "1" });
  await registerPaidTool(server, "report", "A report", {}, tool, {
    paymentReason: "example", stripeSecretKey: "sk_test_x", userEmail: "a@example.com", meterEvent: "reports",
    checkout: { mode: "subscription", line_items: [{ price: "price_1" }], success_url: "https://app.example" },
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(ours);
  const client = new Client({ name: "example", version: "1" });
  await client.connect(theirs);
  const all = [];
  const count = async () => {
    events = [];
    const { isError } = await client.callTool({ name: "report", arguments: {} });
    all.push(...events);
    return `${isError ? "failed" : "served"} ${events.length}`;
  };
  const first = await count();
  isFailing = true;
  const [second, third] = [await count(), await count()];
  const identifiers = all.map((event) => event.get("identifier")).filter(Boolean);
  [isUp, runs] = [false, 0];
  await count();
  const seen = `${first}, ${second}, ${third}; identifiers: ${identifiers.join() || "none"}; meter down: ${runs} runs`;
  const stated = "served 1, failed 1, failed 1; identifiers: none; meter down: 0 runs";
  console.log(`${seen === stated ? "as stated" : "CHANGED"}: events of a call: ${seen}`);
  process.exit(seen === stated ? 0 : 1);
};
run();
EOF
node check.cjs
