#!/usr/bin/env bash
# @frontegg/client@5.3.2 with express@5.2.1 and jsonwebtoken@9.0.3, Node 20.20.2, run 2026-11-30.
# Expected: `withAuthentication()` either answers 401 itself, as it does without a token, or leaves the answer to the error handler.
# It does both for a token that is over: it sends the answer, then calls `next(error)`. The handler gets a request that is answered;
# its own answer throws. Without a handler Express closes the connection, as it does for an answer that broke off. Seen:
#   as stated: no token: 401, connection kept, handler not called; token over: 401, handler called: ERR_HTTP_HEADERS_SENT; without
#   handler: 401, connection closed
# Why it matters: everyday refusals appear as errors of the service, the format of its errors is lost, and clients reconnect.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @frontegg/client@5.3.2 express@5.2.1 jsonwebtoken@9.0.3
cat >check.cjs <<'EOF'
const { generateKeyPairSync } = require("node:crypto");
const { once } = require("node:events");
const http = require("node:http");
const express = require("express");
const jwt = require("jsonwebtoken");

const pem = { publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } };
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, ...pem });
const tokenOver = jwt.sign({ type: "userToken", sub: "user_1" }, privateKey, { algorithm: "RS256", expiresIn: -60 });
const listening = async (handler) => {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
};
async function ask(port, authorization) {
  const headers = authorization === undefined ? {} : { authorization };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const [response] = await once(http.get({ port, host: "127.0.0.1", headers, agent }), "response");
  const { socket } = response;
  response.resume();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const connection = socket.destroyed ? "closed" : "kept";
  agent.destroy();
  return `${response.statusCode}, connection ${connection}`;
}
(async () => {
  const vendor = await listening((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ token: "token", expiresIn: 3600, publicKey }));
  });
  process.env.FRONTEGG_API_GATEWAY_URL = `http://127.0.0.1:${vendor}`;
  const { FronteggContext, withAuthentication } = require("@frontegg/client");
  FronteggContext.init({ FRONTEGG_CLIENT_ID: "client", FRONTEGG_API_KEY: "key" });
  const bare = express().set("env", "test");
  const handled = express();
  for (const app of [bare, handled]) app.get("/", withAuthentication(), (request, response) => response.json("in"));
  let handler = "not called";
  handled.use((error, request, response, next) => {
    try {
      response.status(error.statusCode).json({ error: error.message });
    } catch (second) {
      handler = `called: ${second.code}`;
    }
  });
  const port = await listening(handled);
  const without = `no token: ${await ask(port)}, handler ${handler}`;
  const over = `token over: ${(await ask(port, `Bearer ${tokenOver}`)).split(",")[0]}, handler ${handler}`;
  const noHandler = `without handler: ${await ask(await listening(bare), `Bearer ${tokenOver}`)}`;
  const asStated =
    without === "no token: 401, connection kept, handler not called" &&
    over === "token over: 401, handler called: ERR_HTTP_HEADERS_SENT" &&
    noHandler === "without handler: 401, connection closed";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${without}; ${over}; ${noHandler}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
FRONTEGG_DEBUG_LEVEL=none node check.cjs
