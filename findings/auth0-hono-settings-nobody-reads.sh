#!/usr/bin/env bash
# @auth0/auth0-hono@1.2.6 (with @auth0/auth0-server-js@1.12.1), Node 20.20.2, run 2026-11-30.
# Expected: the settings that auth() documents and checks do what they say.
# It does: a wrong value of these is refused with an error, a right one changes nothing, because no line reads it. Four are tried
# in a login here: `logoutParams` does not reach the logout address, `httpTimeout` does not end a request that hangs,
# `attemptSilentLogin` attempts none, `excludedClaims` leaves the claims where they are. Seen:
#   as stated: refused when wrong: 4 of 4; in force when right: 0 of 4
# Why it matters: they are settings of express-openid-connect, where they work; whoever moves over keeps them and believes them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-hono@1.2.6 @auth0/auth0-server-js@1.12.1 hono@4.13.19 jose@6.2.17
cat >check.mjs <<'EOF'
import { auth } from "@auth0/auth0-hono";
import { Hono } from "hono";
import * as jose from "jose";

console.error = () => {};
const { publicKey, privateKey } = await jose.generateKeyPair("RS256");
const jwks = { keys: [{ ...(await jose.exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
const issuer = "https://tenant.example/";
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks`,
  end_session_endpoint: `${issuer}oidc/logout`, response_types_supported: ["code"], subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
};
let delay = 0;
let aborted = false;
const answer = async (input, init) => {
  const { pathname } = new URL(input.url ?? input);
  if (pathname.includes("well-known")) return Response.json(metadata);
  if (pathname === "/jwks") return Response.json(jwks);
  const signal = init?.signal ?? input.signal;
  signal?.addEventListener("abort", () => { aborted = true; });
  await new Promise((resolve) => setTimeout(resolve, delay));
  const id_token = await new jose.SignJWT({ sub: "auth0|1", sid: "s" }).setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(issuer).setAudience("client").setIssuedAt().setExpirationTime("1h").sign(privateKey);
  return Response.json({ access_token: "a", token_type: "Bearer", expires_in: 86_400, scope: "openid", id_token });
};
const create = (settings) => {
  const app = new Hono();
  app.use(auth({
    domain: "tenant.example", clientID: "client", clientSecret: "x", baseURL: "https://app.example", fetch: answer, idpLogout: true,
    authRequired: false, session: { secret: "a long secret of this example alone" }, ...settings,
  }));
  app.get("/", async (context) => context.json((await context.var.auth0Client.getUser(context)) ?? null));
  const cookies = new Map();
  return async (path) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.request(`https://app.example${path}`, { headers: { cookie, accept: "text/html" } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return response;
  };
};
const logIn = async (visit) => {
  const address = new URL((await visit("/auth/login")).headers.get("location"));
  const state = address.searchParams.get("state");
  return visit(`/auth/callback?code=c${state ? `&state=${state}` : ""}`);
};

const wrong = [{ logoutParams: "federated" }, { httpTimeout: 1 }, { attemptSilentLogin: "yes" }, { excludedClaims: "sub" }];
let refused = 0;
for (const settings of wrong) refused += (await create(settings)("/")).status === 500 ? 1 : 0;

const visit = create({ logoutParams: { federated: "" }, excludedClaims: ["sid"] });
await logIn(visit);
const user = await (await visit("/")).json();
const logout = (await visit("/auth/logout")).headers.get("location");
const silent = create({ attemptSilentLogin: true });
const front = await silent("/");
delay = 1_500;
const slow = await logIn(create({ httpTimeout: 500 }));
const inForce = [/federated/.test(logout), slow.status !== 302 || aborted, front.status === 302, user.sub === "auth0|1" && !("sid" in user)];
const seen = `refused when wrong: ${refused} of 4; in force when right: ${inForce.filter(Boolean).length} of 4`;
const asStated = logout?.startsWith(issuer) && seen === "refused when wrong: 4 of 4; in force when right: 0 of 4";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
