#!/usr/bin/env bash
# @auth0/auth0-hono@1.2.6 (with @auth0/auth0-server-js@1.12.1), Node 20.20.2, run 2026-11-30.
# Expected: an application under a path, baseURL https://app.example/shop mounted with Hono's route("/shop", …), can be logged in to.
# It does: the address that it gives to Auth0 has the path of baseURL, its own routes are compared without it. Auth0's answer at
# /shop/auth/callback is not known as the callback, so the login begins anew, without end. Naming the route with the path gives
# Auth0 an address that has it twice. Seen:
#   as stated: callback of /shop/auth/callback: to the login again; with routes.callback /shop/auth/callback: redirect_uri /shop/shop/auth/callback
# Why it matters: it looks like a wrong callback URL at Auth0, where everything is right. baseURL without the path and all routes with
# it work, unless a proxy takes the path off.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-hono@1.2.6 @auth0/auth0-server-js@1.12.1 hono@4.13.19
cat >check.mjs <<'EOF'
import { auth } from "@auth0/auth0-hono";
import { Hono } from "hono";

const issuer = "https://tenant.example/";
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks`,
  response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
};
const create = (settings) => {
  const shop = new Hono();
  shop.use(auth({
    domain: "tenant.example", clientID: "client", clientSecret: "x", session: { secret: "a long secret of this example alone" },
    fetch: async () => Response.json(metadata), ...settings,
  }));
  shop.get("/", (context) => context.text("the shop"));
  const app = new Hono().route("/shop", shop);
  return async (url, cookie = "") => {
    const response = await app.request(url, { headers: { accept: "text/html", cookie } });
    const location = response.headers.get("location");
    return { address: location && new URL(location), cookie: response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ") };
  };
};
const visit = create({ baseURL: "https://app.example/shop" });
const { address, cookie } = await visit("https://app.example/shop");
const callback = new URL(address.searchParams.get("redirect_uri"));
const after = (await visit(`${callback}?code=c&state=${address.searchParams.get("state") ?? ""}`, cookie)).address;
const outcome = after?.pathname === "/authorize" ? "to the login again" : "logged in";
const named = create({ baseURL: "https://app.example/shop", routes: { callback: "/shop/auth/callback" } });
const twice = new URL((await named("https://app.example/shop")).address.searchParams.get("redirect_uri")).pathname;
const seen = `callback of ${callback.pathname}: ${outcome}; with routes.callback /shop/auth/callback: redirect_uri ${twice}`;
const expected =
  "callback of /shop/auth/callback: to the login again; with routes.callback /shop/auth/callback: redirect_uri /shop/shop/auth/callback";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
