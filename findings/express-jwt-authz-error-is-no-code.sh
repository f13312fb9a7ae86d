#!/usr/bin/env bash
# express-jwt-authz@2.4.1, express-oauth2-jwt-bearer@1.10.0 with express@4.21.2 and the client of @modelcontextprotocol/sdk@1.32.2,
# Node 20.20.2, run 2026-11-30.
# Expected: the 403 for a missing scope says `error="insufficient_scope"`, the code of RFC 6750, 3.1 by which a client knows that it
# has to ask for more. Both packages are Auth0's.
# It does: the older one sends the words "Insufficient scope" for the code, and with `failWithError` no header at all. Seen:
#   as stated: express-jwt-authz 403 Insufficient scope, with failWithError 403 no header; express-oauth2-jwt-bearer 403
#   insufficient_scope
# Why it matters: a client that follows the standard, such as one of the Model Context Protocol, does not ask for the missing scope.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts express-jwt-authz@2.4.1 express-oauth2-jwt-bearer@1.10.0 \
  express@4.21.2 @modelcontextprotocol/sdk@1.32.2
cat >check.mjs <<'EOF'
import { extractWWWAuthenticateParams } from "@modelcontextprotocol/sdk/client/auth.js";
import express from "express";
import jwtAuthz from "express-jwt-authz";
import { requiredScopes } from "express-oauth2-jwt-bearer";

const payload = { sub: "auth0|1", scope: "read:orders" };
async function errorOf(guard) {
  const app = express();
  app.use((request, _response, next) => {
    request.user = payload;
    request.auth = { payload };
    next();
  });
  app.get("/", guard, (_request, response) => response.send("served"));
  app.use((error, _request, response, _next) => {
    response.set(error.headers ?? {});
    response.status(error.statusCode).send(error.message);
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/`);
  server.close();
  return `${answer.status} ${extractWWWAuthenticateParams(answer).error ?? "no header"}`;
}
const older = await errorOf(jwtAuthz(["delete:orders"]));
const failing = await errorOf(jwtAuthz(["delete:orders"], { failWithError: true }));
const newer = await errorOf(requiredScopes("delete:orders"));
const seen = `express-jwt-authz ${older}, with failWithError ${failing}; express-oauth2-jwt-bearer ${newer}`;
const expected =
  "express-jwt-authz 403 Insufficient scope, with failWithError 403 no header; express-oauth2-jwt-bearer 403 insufficient_scope";
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
