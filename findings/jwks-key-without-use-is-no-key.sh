#!/usr/bin/env bash
# @hapi/jwt@3.2.4 with @hapi/hapi@21, fastify-jwt-jwks@3.1.2 with fastify@5.12.8, jose@6.1.3, jwks-rsa@4.1.0 with jsonwebtoken@9.0.3,
# aws-jwt-verify@5.2.1, hono@4.13.19, get-jwks@11.0.3, Node 20.20.2, run 2026-11-30.
# Expected: a key set whose key has `kty`, `kid`, `n` and `e` works: RFC 7517, 4.2 and 4.4 leave `use` and `alg` optional.
# It does: two of seven refuse it. @hapi/jwt takes no key without `use: "sig"`, whatever its `alg`; fastify-jwt-jwks wants one of the
# two. The token is a 401 for both. Seen:
#   as stated: with alg alone: @hapi/jwt refuses; with neither: fastify-jwt-jwks, @hapi/jwt refuse
# Why it matters: the same provider works with one API and not with the next, and the message is about the token.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts jose@6.1.3 jwks-rsa@4.1.0 jsonwebtoken@9.0.3 get-jwks@11.0.3 \
  fastify-jwt-jwks@3.1.2 fastify@5.12.8 hono@4.13.19 aws-jwt-verify@5.2.1 @hapi/jwt@3.2.4 @hapi/hapi@21
cat >check.mjs <<'EOF'
import hapi from "@hapi/hapi";
import hapiJwt from "@hapi/jwt";
import { JwtVerifier } from "aws-jwt-verify";
import fastify from "fastify";
import fastifyJwtJwks from "fastify-jwt-jwks";
import buildGetJwks from "get-jwks";
import { verifyWithJwks } from "hono/jwt";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";
import jwksRsa from "jwks-rsa";
import { once } from "node:events";
import http from "node:http";

const issuer = "https://tenant.example/";
const audience = "https://api.example/";
const options = { issuer, audience, algorithms: ["RS256"] };
const { publicKey, privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
const jwk = { ...(await jose.exportJWK(publicKey)), kid: "2026" };
const token = await new jose.SignJWT({ sub: "auth0|1" })
  .setProtectedHeader({ alg: "RS256", kid: "2026" })
  .setIssuer(issuer)
  .setAudience(audience)
  .setIssuedAt()
  .setExpirationTime("1h")
  .sign(privateKey);
const request = { method: "GET", url: "/", headers: { authorization: `Bearer ${token}` } };
const served = ({ statusCode }) => {
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
};
async function whoRefuses(members) {
  const keys = [{ ...jwk, ...members }];
  const server = http.createServer((_, response) => response.end(JSON.stringify({ keys }))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const domain = `http://127.0.0.1:${server.address().port}`;
  const jwksUri = `${domain}/.well-known/jwks.json`;
  const checks = {
    jose: () => jose.jwtVerify(token, jose.createLocalJWKSet({ keys }), options),
    "jwks-rsa": async () => {
      const key = await jwksRsa({ jwksUri }).getSigningKey("2026");
      jsonwebtoken.verify(token, key.getPublicKey(), options);
    },
    "aws-jwt-verify": () => {
      const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}jwks.json` });
      verifier.cacheJwks({ keys });
      return verifier.verify(token);
    },
    hono: () => verifyWithJwks(token, { keys, allowedAlgorithms: ["RS256"] }),
    "get-jwks": async () => {
      const getJwks = buildGetJwks({ jwksPath: "/.well-known/jwks.json" });
      jsonwebtoken.verify(token, await getJwks.getPublicKey({ domain, kid: "2026", alg: "RS256" }), options);
    },
    "fastify-jwt-jwks": async () => {
      const app = fastify();
      await app.register(fastifyJwtJwks, { jwksUrl: jwksUri, issuer, audience });
      app.get("/", { preValidation: (asked) => app.authenticate(asked) }, async () => "served");
      served(await app.inject(request).finally(() => app.close()));
    },
    "@hapi/jwt": async () => {
      const app = hapi.server();
      await app.register(hapiJwt);
      const verify = { iss: issuer, aud: audience, sub: false };
      app.auth.strategy("token", "jwt", { keys: { uri: jwksUri }, verify, validate: () => ({ isValid: true }) });
      app.route({ method: "GET", path: "/", options: { auth: "token" }, handler: () => "served" });
      await app.initialize();
      served(await app.inject(request).finally(() => app.stop()));
    },
  };
  const refuse = [];
  for (const [name, check] of Object.entries(checks)) {
    await Promise.resolve()
      .then(check)
      .catch(() => refuse.push(name));
  }
  server.close();
  server.closeAllConnections();
  return refuse.join(", ");
}
const [both, alg, neither] = [await whoRefuses({ use: "sig", alg: "RS256" }), await whoRefuses({ alg: "RS256" }), await whoRefuses({})];
if (both) throw new Error(`with both members ${both} refuse`);
const seen = `with alg alone: ${alg} refuses; with neither: ${neither} refuse`;
const asStated = seen === "with alg alone: @hapi/jwt refuses; with neither: fastify-jwt-jwks, @hapi/jwt refuse";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node --no-warnings check.mjs
