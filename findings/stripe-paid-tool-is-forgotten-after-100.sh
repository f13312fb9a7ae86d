#!/usr/bin/env bash
# @stripe/agent-toolkit@0.9.0 with stripe@17.7.0 and @modelcontextprotocol/sdk@1.32.2, Node 20.20.2, run 2026-11-30.
# Expected: a tool that was paid for once with `registerPaidTool()` stays paid, whatever else its customer looks at afterwards.
# It does: it looks for the payment among the newest 100 Checkout sessions of the customer and reads no further page. Each call of
# another tool that is not paid for makes a new session; after 100 of them the payment is out of sight. Seen:
#   as stated: report, paid for: served; then export, not paid for, 99 times: report served; once more: report payment_required
# Why it matters: an agent that tries an unpaid tool in a loop makes its user pay anew for what was bought.
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

// Stripe's API, on loopback: the SDK inside the toolkit has no setting for its address. Lists are newest first, in pages.
const sessions = [{ id: "cs_1", object: "checkout.session", payment_status: "paid", metadata: { toolName: "report" } }];
const customers = [{ id: "cus_1", object: "customer", email: "a@example.com" }];
const api = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  response.setHeader("content-type", "application/json");
  if (request.method === "POST") {
    const toolName = new URLSearchParams(Buffer.concat(chunks).toString()).get("metadata[toolName]");
    const id = `cs_${sessions.length + 1}`;
    const url = "https://checkout.example";
    sessions.unshift({ id, object: "checkout.session", payment_status: "unpaid", metadata: { toolName }, url });
    response.end(JSON.stringify(sessions[0]));
    return;
  }
  const rows = pathname === "/v1/customers" ? customers : sessions;
  const start = rows.findIndex(({ id }) => id === searchParams.get("starting_after")) + 1;
  const data = rows.slice(start, start + Number(searchParams.get("limit") ?? 10));
  response.end(JSON.stringify({ object: "list", url: pathname, has_more: start + data.length < rows.length, data }));
});
https.request = (options) => {
  const request = http.request({ ...options, host: "127.0.0.1", port: api.address().port, agent: undefined });
  return request.once("socket", (socket) => socket.connecting && socket.once("connect", () => socket.emit("secureConnect")));
};
const { registerPaidTool } = require("@stripe/agent-toolkit/modelcontextprotocol");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { InMemoryTransport } = require("@modelcontextprotocol/sdk/inMemory.js");
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js");

const run = async () => {
  await once(api.listen(0, "127.0.0.1"), "listening");
  const server = new McpServer({ name: "example", version: "1" });
  for (const name of ["report", "export"]) {
    await registerPaidTool(server, name, `A ${name}`, {}, async () => ({ content: [{ type: "text", text: "served" }] }), {
      paymentReason: "example", stripeSecretKey: "sk_test_x", userEmail: "a@example.com",
      checkout: { mode: "payment", line_items: [{ price: `price_${name}`, quantity: 1 }], success_url: "https://app.example" },
    });
  }
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(ours);
  const client = new Client({ name: "example", version: "1" });
  await client.connect(theirs);
  const call = async (name) => {
    const { text } = (await client.callTool({ name, arguments: {} })).content[0];
    return text.startsWith("{") ? JSON.parse(text).status : text;
  };
  const first = await call("report");
  for (let count = 0; count < 99; count += 1) await call("export");
  const second = await call("report");
  await call("export");
  const third = await call("report");
  const seen = `${first}; then export, not paid for, 99 times: report ${second}; once more: report ${third}`;
  const stated = "served; then export, not paid for, 99 times: report served; once more: report payment_required";
  console.log(`${seen === stated ? "as stated" : "CHANGED"}: report, paid for: ${seen}`);
  process.exit(seen === stated ? 0 : 1);
};
run();
EOF
node check.cjs
