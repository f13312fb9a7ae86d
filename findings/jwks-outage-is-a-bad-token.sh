#!/usr/bin/env bash
# express-oauth2-jwt-bearer@1.10.0, jwks-rsa@4.1.0 with express-jwt@8.5.1, passport-jwt@4.0.1 and koa-jwt@4.0.4,
# fastify-jwt-jwks@3.1.2, hono@4.13.19, Node 20.20.2, run 2026-11-30.
# Expected: while the issuer's key set answers 503, an API that has not read it yet cannot check a token and says so with a 5xx.
# It does: half of the usual middleware answers 401 to a good token, Auth0's own for Express among them; two helpers of one
# package, jwks-rsa, do not agree. A minute later the same token is taken. Seen:
#   as stated: 401: express-oauth2-jwt-bearer, passport-jwt, koa-jwt; 500: express-jwt, fastify-jwt-jwks, hono; well: all 200
# Why it matters: a client takes 401 for the end of its session: it throws the token away, refreshes or sends its user to the
# login, all at once, while the issuer is down. A 5xx it repeats.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts express@5.2.1 express-oauth2-jwt-bearer@1.10.0 \
  express-jwt@8.5.1 jwks-rsa@4.1.0 passport@0.7.0 passport-jwt@4.0.1 koa@3.1.1 koa-jwt@4.0.4 fastify@5.12.8 \
  fastify-jwt-jwks@3.1.2 hono@4.13.19 @hono/node-server@2.1.8 jose@6.2.18
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { getRequestListener } from "@hono/node-server";
import express from "express";
import { expressjwt } from "express-jwt";
import { auth } from "express-oauth2-jwt-bearer";
import Fastify from "fastify";
import fastifyJwtJwks from "fastify-jwt-jwks";
import { Hono } from "hono";
import { jwk } from "hono/jwk";
import * as jose from "jose";
import jwksRsa from "jwks-rsa";
import Koa from "koa";
import koaJwt from "koa-jwt";
import passport from "passport";
import { ExtractJwt, Strategy } from "passport-jwt";

const listen = async (handler) => {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}/`;
};

const { publicKey, privateKey } = await jose.generateKeyPair("RS256");
const key = { ...(await jose.exportJWK(publicKey)), kid: "2026", alg: "RS256", use: "sig" };
let isUp = false;
const issuer = await listen((request, response) => {
  if (!isUp) return response.writeHead(503).end();
  const isDiscovery = request.url.includes("openid-configuration");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(isDiscovery ? { issuer, jwks_uri: jwksUri } : { keys: [key] }));
});
const jwksUri = `${issuer}.well-known/jwks.json`;
const audience = "https://api.example.com/";
const token = await new jose.SignJWT().setProtectedHeader({ alg: "RS256", kid: "2026" }).setIssuer(issuer)
  .setAudience(audience).setIssuedAt().setExpirationTime("1h").setSubject("auth0|1").sign(privateKey);

const check = { audience, issuer, algorithms: ["RS256"] };
const onExpress = (...middleware) => {
  const app = express();
  app.get("/", ...middleware, (_, response) => response.send("ok"));
  // What express itself does with an error, without its stack trace on the screen.
  app.use((error, _request, response, _next) => response.status(error.status ?? 500).end());
  return app;
};
const strategy = new Strategy(
  { ...check, jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKeyProvider: jwksRsa.passportJwtSecret({ jwksUri }) },
  (claims, done) => done(null, claims),
);
const koa = new Koa({ env: "production" });
koa.silent = true;
koa.use(koaJwt({ ...check, secret: jwksRsa.koaJwtSecret({ jwksUri }) })).use((context) => { context.body = "ok"; });
const fastify = Fastify();
await fastify.register(fastifyJwtJwks, { jwksUrl: jwksUri, issuer, audience });
fastify.get("/", { preValidation: fastify.authenticate }, async () => "ok");
await fastify.ready();
const hono = new Hono().use(jwk({ jwks_uri: jwksUri, alg: ["RS256"] })).get("/", (context) => context.text("ok"));
hono.onError((_, context) => context.body(null, 500));

const servers = {
  "express-oauth2-jwt-bearer": onExpress(auth({ issuerBaseURL: issuer, audience, tokenSigningAlg: "RS256" })),
  "passport-jwt": onExpress(new passport.Passport().use(strategy).authenticate("jwt", { session: false })),
  "koa-jwt": koa.callback(),
  "express-jwt": onExpress(expressjwt({ ...check, secret: jwksRsa.expressJwtSecret({ jwksUri }) })),
  "fastify-jwt-jwks": (request, response) => fastify.routing(request, response),
  hono: getRequestListener(hono.fetch),
};
const addresses = {};
for (const [name, handler] of Object.entries(servers)) addresses[name] = await listen(handler);
const ask = async () => {
  const names = {};
  for (const [name, address] of Object.entries(addresses)) {
    const { status } = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    names[status] = [...(names[status] ?? []), name];
  }
  return names;
};
const down = await ask();
isUp = true;
const well = Object.keys(await ask()).join();
const seen = `401: ${down[401]?.join(", ")}; 500: ${down[500]?.join(", ")}; well: all ${well}`;
const expected =
  "401: express-oauth2-jwt-bearer, passport-jwt, koa-jwt; 500: express-jwt, fastify-jwt-jwks, hono; well: all 200";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
