#!/usr/bin/env bash
# @hono/oidc-auth@1.8.1, Node 20.20.2, run 2026-11-30.
# Expected: a session of a day outlives a minute in which the issuer cannot renew its tokens, and a page whose parts are asked for at
# once renews them once.
# It does: the token is renewed 15 minutes after the login within the next request. If the issuer answers 503 just then, the cookie
# is deleted and the answer is 500 "Invalid session". Requests side by side each redeem the same refresh token; an issuer that
# rotates them, as Auth0 does, takes the first and refuses the others, and each of those deletes the cookie. Seen:
#   as stated: 503 at the renewal: 500, cookie deleted; three requests at once: 200 302 302, cookie deleted by 2
# Why it matters: everybody who is active during a short outage has to log in again, and every page with more than one request logs its
# user out after a quarter of an hour, depending on which answer arrives last.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @hono/oidc-auth@1.8.1 hono@4.13.19 jose@6.2.18
cat >check.mjs <<'EOF'
import { oidcAuthMiddleware } from "@hono/oidc-auth";
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
const issuer = "https://tenant.example/";
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks`,
  scopes_supported: ["openid", "email", "offline_access"], response_types_supported: ["code"],
};
const { privateKey } = await jose.generateKeyPair("RS256");
let isUp = true;
let nonce;
let serial = 0;
let valid;
// The issuer: a refresh token is good once.
globalThis.fetch = async (input, init) => {
  if (String(input.url ?? input).includes("well-known")) return Response.json(metadata);
  if (!isUp) return new Response("", { status: 503 });
  const form = new URLSearchParams(await new Response(init.body).text());
  if (form.get("grant_type") === "refresh_token" && form.get("refresh_token") !== valid)
    return Response.json({ error: "invalid_grant" }, { status: 400 });
  valid = `refresh-${++serial}`;
  const id_token = await new jose.SignJWT({ sub: "auth0|1", ...(nonce && { nonce }) }).setProtectedHeader({ alg: "RS256" })
    .setIssuer(issuer).setAudience("client").setIssuedAt(new Date()).setExpirationTime(new Date(Date.now() + 36e5)).sign(privateKey);
  return Response.json({ access_token: "a", token_type: "bearer", expires_in: 3600, refresh_token: valid, id_token });
};
Object.assign(process.env, {
  OIDC_AUTH_SECRET: "a long secret of this example alone", OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "client", OIDC_CLIENT_SECRET: "x",
  OIDC_REDIRECT_URI: "https://app.example/callback",
});
const app = new Hono();
app.use(oidcAuthMiddleware());
app.get("/", (context) => context.text("signed in"));
const ask = (url, cookies) =>
  app.request(url, { headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") } });
const keep = (cookies, response) => {
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(name, value);
  }
};
const deletes = (response) => response.headers.getSetCookie().some((line) => /^oidc-auth=;.*max-age=0/i.test(line));
const logIn = async () => {
  ms = 0;
  isUp = true;
  const cookies = new Map();
  const started = await ask("https://app.example/", cookies);
  keep(cookies, started);
  const { searchParams } = new URL(started.headers.get("location"));
  nonce = searchParams.get("nonce");
  keep(cookies, await ask(`https://app.example/callback?code=c&state=${searchParams.get("state")}`, cookies));
  const before = (await ask("https://app.example/", cookies)).status;
  if (before !== 200) throw new Error(`the login of this example failed: ${before}`);
  nonce = undefined;
  ms = 16 * 60_000;
  return cookies;
};
const cookies = await logIn();
isUp = false;
const down = await ask("https://app.example/", cookies);
const others = await logIn();
const three = await Promise.all([1, 2, 3].map(() => ask("https://app.example/", others)));
const statuses = three.map(({ status }) => status).sort().join(" ");
const seen = `503 at the renewal: ${down.status}, cookie ${deletes(down) ? "deleted" : "kept"}; ` +
  `three requests at once: ${statuses}, cookie deleted by ${three.filter(deletes).length}`;
const expected = "503 at the renewal: 500, cookie deleted; three requests at once: 200 302 302, cookie deleted by 2";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
