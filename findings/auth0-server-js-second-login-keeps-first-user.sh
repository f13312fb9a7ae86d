#!/usr/bin/env bash
# @auth0/auth0-server-js@1.12.1 and express-openid-connect@3.4.0 beside it, Node 20.20.2, run 2026-11-30.
# Expected: after a login getUser() holds the claims of that login's ID token, and the session's longest duration counts from it.
# It does: if the same user logs in while a session is there, the new tokens are stored, but `user` and `createdAt` stay those of
# the first login, however often one logs in again. Auth0's older library for the same job takes the new claims. Seen:
#   as stated: after a second login: email_verified false, session from the first login; express-openid-connect: email_verified true
# Why it matters: "verify your email, then log in again" never ends, a new name, role or organization does not show, and a person
# who logs in on the third day is logged out an hour later. Only a logout in between helps.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1 jose@6.2.17 \
  express@5.2.1 express-openid-connect@3.4.0
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import { ServerClient } from "@auth0/auth0-server-js";
import express from "express";
import openid from "express-openid-connect";
import * as jose from "jose";

const { publicKey, privateKey } = await jose.generateKeyPair("RS256");
const jwks = { keys: [{ ...(await jose.exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
let email_verified = false;
let nonce;
const server = http.createServer(async (request, response) => {
  const answer = request.url.startsWith("/oauth/token") ? await createTokens() : request.url.startsWith("/jwks") ? jwks : metadata;
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}/`;
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks.json`,
  response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
};
const createTokens = async (iss = issuer) => ({
  access_token: "a", token_type: "Bearer", expires_in: 86400, scope: "openid profile email",
  id_token: await new jose.SignJWT({ sub: "auth0|1", sid: "s", email_verified, nonce }).setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(iss).setAudience("client").setIssuedAt().setExpirationTime("1h").sign(privateKey),
});

// auth0-server-js speaks https only: its requests are answered here.
const https = "https://tenant.example/";
const customFetch = async (input) => {
  const { pathname } = new URL(input.url ?? input);
  if (pathname === "/oauth/token") return Response.json(await createTokens(https));
  const text = JSON.stringify(pathname === "/jwks.json" ? jwks : metadata).replaceAll(issuer, https);
  return new Response(text, { headers: { "content-type": "application/json" } });
};
globalThis.fetch = new Proxy(fetch, {
  apply: (target, self, [input, init]) =>
    String(input.url ?? input).startsWith(https) ? customFetch(input) : Reflect.apply(target, self, [input, init]),
});
const createStore = (rows = new Map()) => ({
  rows, get: async (key) => rows.get(key), set: async (key, value) => void rows.set(key, value), delete: async (key) => void rows.delete(key),
});
const stateStore = createStore();
const client = new ServerClient({
  domain: "tenant.example", clientId: "client", clientSecret: "x", stateStore, transactionStore: createStore(), customFetch,
  authorizationParams: { redirect_uri: "https://app.example/cb", scope: "openid profile email" },
});
const logIn = async () => {
  const address = await client.startInteractiveLogin();
  nonce = address.searchParams.get("nonce") ?? undefined;
  const state = address.searchParams.get("state");
  await client.completeInteractiveLogin(new URL(`https://app.example/cb?code=c${state ? `&state=${state}` : ""}`));
};
const createdAt = () => [...stateStore.rows.values()][0].internal.createdAt;
await logIn();
const first = createdAt();

const app = express();
const app_server = http.createServer(app).listen(0, "127.0.0.1");
await once(app_server, "listening");
const baseURL = `http://127.0.0.1:${app_server.address().port}`;
app.use(openid.auth({
  baseURL, issuerBaseURL: issuer, clientID: "client", clientSecret: "x", secret: "a long secret of this example alone",
  authRequired: false, authorizationParams: { response_type: "code", scope: "openid profile email" },
}));
app.get("/me", (request, response) => response.json(request.oidc.user ?? null));
const cookies = new Map();
const ask = async (path) => {
  const header = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const response = await fetch(baseURL + path, { redirect: "manual", headers: { cookie: header } });
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(name, value);
  }
  return response;
};
const logInOlder = async () => {
  const address = new URL((await ask("/login")).headers.get("location"));
  nonce = address.searchParams.get("nonce");
  await ask(`/callback?code=c&state=${encodeURIComponent(address.searchParams.get("state"))}`);
};
await logInOlder();
const firstOlder = (await (await ask("/me")).json()).email_verified;

email_verified = true;
const now = Date.now;
Date.now = () => now() + 5_000;
await logIn();
const user = await client.getUser();
const session = createdAt() === first ? "first" : "second";
Date.now = now;
await logInOlder();
const older = (await (await ask("/me")).json()).email_verified;
const asStated = user.email_verified === false && session === "first" && firstOlder === false && older === true;
const seen = `email_verified ${user.email_verified}, session from the ${session} login; express-openid-connect: email_verified ${older}`;
console.log(`${asStated ? "as stated" : "CHANGED"}: after a second login: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
