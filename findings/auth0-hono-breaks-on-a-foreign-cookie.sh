#!/usr/bin/env bash
# @auth0/auth0-hono@1.2.6 (with @auth0/auth0-server-js@1.12.1), Node 20.20.2, run 2026-11-30.
# Expected: a cookie of some other tool on the host, with a percent sign in its value ("discount=50%"), is none of the library's
# business. RFC 6265 allows the sign, and Hono's own getCookie() gives the value as it is.
# It does: with the session in cookies, the default, it decodes every cookie of the request; that one cannot be decoded, and each
# page is answered with 500 "Internal Server Error". Seen:
#   as stated: without it 302, with it 500, Hono's getCookie gives 50%
# Why it matters: one cookie of a marketing tool locks its visitors out of the application until they clear it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-hono@1.2.6 @auth0/auth0-server-js@1.12.1 hono@4.13.19
cat >check.mjs <<'EOF'
import { auth } from "@auth0/auth0-hono";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";

console.error = () => {};
const issuer = "https://tenant.example/";
const metadata = {
  issuer, authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token`, jwks_uri: `${issuer}jwks`,
  response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"],
};
const app = new Hono();
app.get("/cookie", (context) => context.text(getCookie(context, "discount")));
app.use(auth({
  domain: "tenant.example", clientID: "client", clientSecret: "x", baseURL: "https://app.example",
  session: { secret: "a long secret of this example alone" }, fetch: async () => Response.json(metadata),
}));
const ask = (path, cookie) => app.request(`https://app.example${path}`, { headers: { accept: "text/html", cookie } });
const without = (await ask("/", "theme=dark")).status;
const withIt = (await ask("/", "theme=dark; discount=50%")).status;
const own = await (await ask("/cookie", "discount=50%")).text();
const asStated = without === 302 && withIt === 500 && own === "50%";
console.log(`${asStated ? "as stated" : "CHANGED"}: without it ${without}, with it ${withIt}, Hono's getCookie gives ${own}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
