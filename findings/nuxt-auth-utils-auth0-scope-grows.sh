#!/usr/bin/env bash
# nuxt-auth-utils@0.5.30, h3@1.15.11, Node 20.20.2, run 2026-11-30. `#imports` holds what Nuxt puts there: the runtime config.
# Expected: each login asks Auth0 for the scopes that `runtimeConfig.oauth.auth0.scope` names, and says nothing of `max_age`.
# It does: the handler writes the merged settings over its own and merges again at the next request, and the merge joins lists:
# each login since the server started asks for all scopes once more, until the address is too long for Auth0 or a proxy. And
# whoever sets no `maxAge` sends max_age=0, so everybody who is logged in at Auth0 already must give the password again. Seen:
#   as stated: scopes of logins 1, 2, 3, 50: 2, 4, 6, 100; max_age 0
# Why it matters: it works at every start, and fails for everybody after some thousand logins.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --omit=peer nuxt-auth-utils@0.5.30 h3@1.15.11
cat >imports.mjs <<'EOF'
export { createError } from "h3";
const oauth = { auth0: { clientId: "app", clientSecret: "example", domain: "tenant.example.com", scope: ["openid", "email"] } };
export const useRuntimeConfig = () => ({ oauth });
EOF
cat >hook.mjs <<'EOF'
import { register } from "node:module";
const imports = new URL("imports.mjs", import.meta.url).href;
const code = `export const resolve = (name, context, next) => (name === "#imports" ? { url: "${imports}", shortCircuit: true } : next(name, context));`;
register(`data:text/javascript,${encodeURIComponent(code)}`);
EOF
cat >check.mjs <<'EOF'
import { once } from "node:events";
import { createServer } from "node:http";
import { createApp, toNodeListener } from "h3";
import { defineOAuthAuth0EventHandler } from "./node_modules/nuxt-auth-utils/dist/runtime/server/lib/oauth/auth0.js";

const app = createApp().use("/auth/auth0", defineOAuthAuth0EventHandler({ onSuccess: () => "logged in" }));
const server = createServer(toNodeListener(app)).listen(0, "127.0.0.1");
await once(server, "listening");
const counts = new Map();
let maxAge;
for (let login = 1; login <= 50; login += 1) {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/auth/auth0`, { redirect: "manual" });
  const { searchParams } = new URL(answer.headers.get("location"));
  counts.set(login, searchParams.get("scope").split(" ").length);
  maxAge = searchParams.get("max_age");
}
const seen = `scopes of logins 1, 2, 3, 50: ${[1, 2, 3, 50].map((login) => counts.get(login)).join(", ")}; max_age ${maxAge}`;
const asStated = seen === "scopes of logins 1, 2, 3, 50: 2, 4, 6, 100; max_age 0";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node --import ./hook.mjs check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
