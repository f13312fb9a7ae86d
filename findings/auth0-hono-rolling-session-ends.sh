#!/usr/bin/env bash
# @auth0/auth0-hono@1.2.6 (with @auth0/auth0-server-js@1.12.1) and express-openid-connect@3.4.0, Node 20.20.2, run 2026-11-30.
# Expected: with `rolling: true`, the default of both and documented alike, a session lasts while its user goes on using it: 24 hours
# after the last request, three days (auth0-hono) or seven (express-openid-connect) in all.
# It does: auth0-hono writes its cookie at the login and when a token is refreshed, never for a request; the session is over 24
# hours after the login whoever uses it. Auth0's library for Express writes it with every answer. Seen:
#   as stated: a request each hour; signed out after hours: auth0-hono 24, express-openid-connect 168
# Why it matters: people are sent to the login in the middle of their work, and what a form held is gone.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-hono@1.2.6 @auth0/auth0-server-js@1.12.1 \
  hono@4.13.19 express@5.2.1 express-openid-connect@3.4.0 jose@6.2.17
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { auth } from "@auth0/auth0-hono";
import express from "express";
import openid from "express-openid-connect";
import { Hono } from "hono";
import * as jose from "jose";

const RealDate = Date;
let ms = 0;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [RealDate.now() + ms]));
  }
  static now() {
    return RealDate.now() + ms;
  }
};

// The issuer, on loopback for Express; auth0-hono speaks https only and gets its answers through `fetch`.
const { publicKey, privateKey } = await jose.generateKeyPair("RS256");
const jwks = { keys: [{ ...(await jose.exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
let nonce;
const answer = async (issuer, path) => {
  if (path.includes("openid-configuration")) {
    const [authorization_endpoint, token_endpoint, jwks_uri] = ["authorize", "oauth/token", "jwks"].map((name) => issuer + name);
    const algorithms = { id_token_signing_alg_values_supported: ["RS256"], subject_types_supported: ["public"] };
    return { issuer, authorization_endpoint, token_endpoint, jwks_uri, response_types_supported: ["code"], ...algorithms };
  }
  if (path.startsWith("/jwks")) return jwks;
  const id_token = await new jose.SignJWT({ sub: "auth0|1", sid: "s", nonce }).setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(issuer).setAudience("client").setIssuedAt(new Date()).setExpirationTime(new Date(Date.now() + 36e5)).sign(privateKey);
  return { access_token: "a", token_type: "Bearer", expires_in: 86_400, scope: "openid profile email", id_token };
};
const listen = async (handler) => {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}/`;
};
const loopback = await listen(async (request, response) =>
  response.setHeader("content-type", "application/json").end(JSON.stringify(await answer(loopback, request.url))),
);
const secret = "a long secret of this example alone";

const hono = new Hono();
const customFetch = async (input) => Response.json(await answer("https://tenant.example/", new URL(input.url ?? input).pathname));
hono.use(auth({
  domain: "tenant.example", clientID: "client", clientSecret: "x", baseURL: "http://127.0.0.1:1", fetch: customFetch,
  session: { secret, rolling: true },
}));
hono.get("/me", (context) => context.text("signed in"));
const app = express();
const baseURL = (await listen(app)).slice(0, -1);
app.use(openid.auth({
  baseURL, issuerBaseURL: loopback, clientID: "client", clientSecret: "x", secret, session: { rolling: true },
  authorizationParams: { response_type: "code", scope: "openid profile email" },
}));
app.get("/me", (_, response) => response.send("signed in"));

/** A browser that keeps each cookie for as long as it was told to, and asks once an hour; the hours until it is signed out. */
const count = async (origin, ask, loginPath, callbackPath) => {
  ms = 0;
  const cookies = new Map();
  const visit = async (path) => {
    for (const [name, { until }] of cookies) if (until <= Date.now()) cookies.delete(name);
    const cookie = [...cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
    const response = await ask(origin + path, { redirect: "manual", headers: { cookie, accept: "text/html" } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      const age = /max-age=(-?\d+)/i.exec(line);
      const expires = /expires=([^;]+)/i.exec(line);
      const until = age ? Date.now() + age[1] * 1000 : expires ? Date.parse(expires[1]) : Number.POSITIVE_INFINITY;
      cookies.set(name, { value, until });
    }
    return response;
  };
  const address = new URL((await visit(loginPath)).headers.get("location"));
  nonce = address.searchParams.get("nonce") ?? undefined;
  const state = address.searchParams.get("state");
  await visit(`${callbackPath}?code=c${state ? `&state=${encodeURIComponent(state)}` : ""}`);
  for (let hour = 0; hour < 500; hour += 1) {
    if ((await visit("/me")).status !== 200) return hour;
    ms += 3_600_000;
  }
};
const ours = await count("http://127.0.0.1:1", (url, init) => hono.request(url, init), "/auth/login", "/auth/callback");
const theirs = await count(baseURL, fetch, "/login", "/callback");
const seen = `auth0-hono ${ours}, express-openid-connect ${theirs}`;
const asStated = seen === "auth0-hono 24, express-openid-connect 168";
console.log(`${asStated ? "as stated" : "CHANGED"}: a request each hour; signed out after hours: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
