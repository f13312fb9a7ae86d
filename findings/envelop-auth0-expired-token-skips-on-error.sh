#!/usr/bin/env bash
# @envelop/auth0@9.2.1 with @envelop/core@5.6.1, Node 20.20.2, run 2026-11-30.
# Expected: `onError` hears of each error of the authentication: "In case of an error, you can override it and customize the error your
# client will get."
# It does: it hears of a header that cannot be read and of nothing else. An expired token, a foreign one, no token and a key set
# that is down are thrown past it, as they are. Seen:
#   as stated: wrong scheme: my error; expired token: jwt expired; other audience: jwt audience invalid. expected: api; no token:
#   Unauthenticated!; key set down: Service Unavailable
# Why it matters: what ends every hour for every user has neither the code that the client waits for to log in anew nor a line in the log.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts \
  @envelop/auth0@9.2.1 @envelop/core@5.6.1 graphql@16.15.0 jsonwebtoken@9.0.3
cat >check.mjs <<'EOF'
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { useAuth0 } from "@envelop/auth0";
import { envelop } from "@envelop/core";
import jwt from "jsonwebtoken";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...publicKey.export({ format: "jwk" }), kid: "key-1", use: "sig", alg: "RS256" };
let status = 200;
const server = http.createServer((_, response) => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ keys: [key] }));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const jwksUri = `http://127.0.0.1:${server.address().port}/`;
const sign = (seconds, audience = "api") => {
  const claims = { sub: "auth0|1", exp: Math.floor(Date.now() / 1000) + seconds };
  return `Bearer ${jwt.sign(claims, privateKey, { algorithm: "RS256", keyid: "key-1", audience, issuer: "https://tenant.example/" })}`;
};
const ask = async (authorization) => {
  const onError = () => {
    throw new Error("my error");
  };
  const settings = { domain: "tenant.example", audience: "api", jwksClientOptions: { jwksUri } };
  const getEnveloped = envelop({ plugins: [useAuth0({ ...settings, preventUnauthenticatedAccess: true, onError })] });
  const request = { headers: authorization === undefined ? {} : { authorization } };
  const context = (async () => getEnveloped({ request }).contextFactory())();
  return context.then(({ _auth0 }) => _auth0.sub, ({ message }) => message);
};
const good = await ask(sign(60));
const seen = {
  "wrong scheme": await ask("Basic abc"),
  "expired token": await ask(sign(-60)),
  "other audience": await ask(sign(60, "other")),
  "no token": await ask(),
};
status = 503;
seen["key set down"] = await ask(sign(60));
server.close();
const text = Object.entries(seen).map(([what, error]) => `${what}: ${error}`).join("; ");
const expected = "wrong scheme: my error; expired token: jwt expired; other audience: jwt audience invalid. expected: api; " +
  "no token: Unauthenticated!; key set down: Service Unavailable";
const asStated = good === "auth0|1" && text === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${text}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
