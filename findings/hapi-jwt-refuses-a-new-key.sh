#!/usr/bin/env bash
# @hapi/jwt@3.2.4 with @hapi/hapi@21.4.10, jose@6.2.17, Node 20.20.2, run 2026-11-30.
# Expected: a token signed with a key that the cached key set does not have makes the set be read again, as every other
# middleware for key sets does (jwks-rsa, jose, get-jwks).
# It does: an unknown key is a 401, and the set is not asked. It is read again when it is an hour old, at the default settings,
# whatever arrives before. Seen:
#   as stated: old key 200; after a rotation 401, 59 minutes later 401, 61 minutes later 200; the set was read 2 times
# Why it matters: after "rotate signing key" at the issuer every new token is refused for up to an hour, while old ones pass.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @hapi/jwt@3.2.4 @hapi/hapi@21.4.10 jose@6.2.17
cat >check.mjs <<'EOF'
import { once } from "node:events";
import { createServer } from "node:http";
import Hapi from "@hapi/hapi";
import Jwt from "@hapi/jwt";
import { SignJWT, exportJWK, generateKeyPair } from "jose";

const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;
const key = async (kid) => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  return { kid, pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, use: "sig", alg: "RS256" } };
};
const [first, second] = [await key("first"), await key("second")];
let keys = [first.jwk];
let reads = 0;
const issuer = createServer((_request, response) => {
  reads += 1;
  response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
}).listen(0, "127.0.0.1");
await once(issuer, "listening");

const server = Hapi.server({ port: 0, host: "127.0.0.1" });
await server.register(Jwt);
server.auth.strategy("api", "jwt", {
  keys: { uri: `http://127.0.0.1:${issuer.address().port}/jwks.json`, algorithms: ["RS256"] },
  verify: { aud: "https://api.example/", iss: "https://tenant.example/", sub: false },
  validate: () => ({ isValid: true }),
});
server.route({ method: "GET", path: "/", options: { auth: "api" }, handler: () => "ok" });
await server.start();

const sign = ({ kid, pair }) =>
  new SignJWT({})
    .setProtectedHeader({ alg: "RS256", kid })
    .setIssuer("https://tenant.example/")
    .setAudience("https://api.example/")
    .setExpirationTime(Math.floor(realNow() / 1000) + 86_400)
    .sign(pair.privateKey);
const status = async (by) => {
  const answer = await server.inject({ url: "/", headers: { authorization: `Bearer ${await sign(by)}` } });
  return answer.statusCode;
};
const old = await status(first);
keys = [second.jwk, first.jwk];
const rotated = await status(second);
ahead = 59 * 60_000;
const minutes59 = await status(second);
ahead = 61 * 60_000;
const minutes61 = await status(second);
const seen = `old key ${old}; after a rotation ${rotated}, 59 minutes later ${minutes59}, 61 minutes later ${minutes61}; the set was read ${reads} times`;
const asStated = seen === "old key 200; after a rotation 401, 59 minutes later 401, 61 minutes later 200; the set was read 2 times";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
