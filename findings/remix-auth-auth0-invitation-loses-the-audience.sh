#!/usr/bin/env bash
# remix-auth-auth0@2.2.0 with remix-auth@4.2.0, Node 20.20.2, run 2026-11-30.
# Expected: `audience`, given once to the strategy, is asked for at every login.
# It does: a login that begins with an invitation to an organization, `/login?invitation=…&organization=…` as Auth0 mails it,
# sends invitation and organization and no audience. Every other login sends it. Seen:
#   as stated: login https://api.example/, login with organization https://api.example/, login by invitation none
# Why it matters: without an audience Auth0 issues an opaque token for /userinfo. Whoever accepts an invitation is logged in,
# and every call to the API is 401 until the next login; nobody who tests with an account of their own sees it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts remix-auth-auth0@2.2.0 remix-auth@4.2.0
cat >check.mjs <<'EOF'
import { Auth0Strategy } from "remix-auth-auth0";

const login = async (query, more = {}) => {
  const strategy = new Auth0Strategy(
    {
      domain: "tenant.example",
      clientId: "client",
      clientSecret: "secret",
      redirectURI: "https://app.example/callback",
      scopes: ["openid", "profile"],
      audience: "https://api.example/",
      ...more,
    },
    async () => ({}),
  );
  const redirect = await strategy.authenticate(new Request(`https://app.example/login${query}`)).catch((thrown) => thrown);
  return new URL(redirect.headers.get("location")).searchParams.get("audience") ?? "none";
};
const plain = await login("");
const organization = await login("", { organization: "org_1" });
const invited = await login("?invitation=ticket&organization=org_1&organization_name=acme");
const seen = `login ${plain}, login with organization ${organization}, login by invitation ${invited}`;
const asStated = seen === "login https://api.example/, login with organization https://api.example/, login by invitation none";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
