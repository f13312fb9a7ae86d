#!/usr/bin/env bash
# @auth0/auth0-server-js@1.12.1, Node 20.20.2, run 2026-11-29.
# Expected: getAccessToken() answers from the session until the token expires, as its comment says.
# It does: the stored token is used only if its `scope` holds all the scopes that the login asked for. An answer of the token
# endpoint without `scope`, which RFC 6749, 5.1 allows where nothing differs, or with fewer scopes than were asked for, never
# matches: every call redeems the refresh token, though the access token is good for a day. Seen:
#   as stated: token requests for three calls: all scopes named 0, one scope less 3, scope left out 3
# Why it matters: one request to Auth0 for each request of the user, against a rate limit; and with rotation, parallel requests
# redeem one refresh token several times, which Auth0 treats as theft beyond the overlap period. That the order of the scopes
# matters no more was mended earlier (auth0-auth-js issue 35).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1 jose@6.2.17
cat >check.mjs <<'EOF'
import { ServerClient } from "@auth0/auth0-server-js";
import * as jose from "jose";

const issuer = "https://tenant.example/";
const { publicKey, privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
const jwks = { keys: [{ ...(await jose.exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks.json`,
  response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
};
let requests, granted;
globalThis.fetch = async (input) => {
  const { pathname } = new URL(input.url ?? input);
  if (pathname.endsWith("/openid-configuration")) return Response.json(metadata);
  if (pathname === "/jwks.json") return Response.json(jwks);
  requests += 1;
  const id_token = await new jose.SignJWT({ sub: "auth0|1", sid: "s" }).setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(issuer).setAudience("client").setIssuedAt().setExpirationTime("1h").sign(privateKey);
  return Response.json({ access_token: "a", token_type: "Bearer", expires_in: 86400, refresh_token: "r", id_token, ...granted });
};
const createStore = (rows = new Map()) => ({
  get: async (key) => rows.get(key), set: async (key, value) => void rows.set(key, value), delete: async (key) => void rows.delete(key),
});
const count = async (answer) => {
  granted = answer;
  const authorizationParams = { redirect_uri: "https://app.example/cb", scope: "openid profile offline_access" };
  const stores = { stateStore: createStore(), transactionStore: createStore() };
  const client = new ServerClient({ domain: "tenant.example", clientId: "client", clientSecret: "x", authorizationParams, ...stores });
  const state = (await client.startInteractiveLogin()).searchParams.get("state");
  await client.completeInteractiveLogin(new URL(`https://app.example/cb?code=c${state ? `&state=${state}` : ""}`));
  requests = 0;
  for (let call = 0; call < 3; call += 1) await client.getAccessToken();
  return requests;
};
const all = await count({ scope: "openid profile offline_access" });
const fewer = await count({ scope: "openid profile" });
const none = await count({});
const asStated = all === 0 && fewer === 3 && none === 3;
const seen = `all scopes named ${all}, one scope less ${fewer}, scope left out ${none}`;
console.log(`${asStated ? "as stated" : "CHANGED"}: token requests for three calls: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
