#!/usr/bin/env bash
# @auth0/auth0-hono@1.2.6 (with @auth0/auth0-server-js@1.12.1), express-openid-connect@3.4.0 beside it, Node 20.20.2, run 2026-11-30.
# Expected: who asks for /orders/7 without a session is back at /orders/7 after the login, with baseURL the public address.
# It does: the way back is the URL that the server saw. Behind a proxy that ends TLS it says http, baseURL says https, so it is taken
# for a foreign page and left out: every login ends at the front page. With TLS up to the server it works. Seen:
#   as stated: back at: TLS at the server https://app.example/orders/7, TLS at a proxy https://app.example; express: /orders/7
# Why it matters: almost every deployment ends TLS before Node, and no setting of the library (Hono has no "trust proxy") changes it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-hono@1.2.6 @auth0/auth0-server-js@1.12.1 hono@4.13.19 \
  express@5.2.1 express-openid-connect@3.4.0 jose@6.2.17
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { auth } from "@auth0/auth0-hono";
import express from "express";
import openid from "express-openid-connect";
import { Hono } from "hono";
import * as jose from "jose";

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
    .setIssuer(issuer).setAudience("client").setIssuedAt().setExpirationTime("1h").sign(privateKey);
  return { access_token: "a", token_type: "Bearer", expires_in: 86_400, scope: "openid profile email", id_token };
};
const listen = async (handler) => {
  const server = http.createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
};
const loopback = await listen(async (request, response) =>
  response.setHeader("content-type", "application/json").end(JSON.stringify(await answer(`${loopback}/`, request.url))),
);
const secret = "a long secret of this example alone";

const logIn = async (ask, callback) => {
  const cookies = new Map();
  const visit = async (path) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await ask(path, { redirect: "manual", headers: { cookie, accept: "text/html" } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return response.headers.get("location");
  };
  const address = new URL(await visit("/orders/7"));
  nonce = address.searchParams.get("nonce") ?? undefined;
  const state = address.searchParams.get("state");
  return visit(`${callback}?code=c${state ? `&state=${encodeURIComponent(state)}` : ""}`);
};
const customFetch = async (input) => Response.json(await answer("https://tenant.example/", new URL(input.url ?? input).pathname));
const logInToHono = (seenByTheServer) => {
  const app = new Hono();
  const options = { domain: "tenant.example", clientID: "client", clientSecret: "x", session: { secret }, fetch: customFetch };
  app.use(auth({ ...options, baseURL: "https://app.example" }));
  return logIn((path, init) => app.request(seenByTheServer + path, init), "/auth/callback");
};
const app = express();
app.use(openid.auth({
  baseURL: "https://app.example", issuerBaseURL: `${loopback}/`, clientID: "client", clientSecret: "x", secret,
  authorizationParams: { response_type: "code", scope: "openid profile email" },
}));
const address = await listen(app);
const back = [
  await logInToHono("https://app.example"),
  await logInToHono("http://app.example"),
  await logIn((path, init) => fetch(address + path, init), "/callback"),
];
const seen = `back at: TLS at the server ${back[0]}, TLS at a proxy ${back[1]}; express: ${back[2]}`;
const expected = "back at: TLS at the server https://app.example/orders/7, TLS at a proxy https://app.example; express: /orders/7";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
