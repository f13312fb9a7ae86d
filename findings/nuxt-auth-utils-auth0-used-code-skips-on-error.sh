#!/usr/bin/env bash
# nuxt-auth-utils@0.5.30, h3@1.15.11, Node 20.20.2, run 2026-11-30. `#imports` holds what Nuxt puts there: the runtime config.
# Expected: a code that Auth0 refuses reaches `onError`, as every other failure of a login does.
# It does: the handler knows an OAuth error by the status 401 alone. Auth0 answers 403 to a code that was used or has run out
# (invalid_grant), which RFC 6749 has as 400: both are thrown past `onError`, and the page is the server's own. Seen:
#   as stated: 401: onError; 403: Server Error 403; 400: Server Error 400
# Why it matters: whoever reloads the page of the callback, or goes back to it, meets an error page that the team cannot replace.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --omit=peer nuxt-auth-utils@0.5.30 h3@1.15.11
cat >imports.mjs <<'EOF'
export { createError } from "h3";
const oauth = { auth0: { clientId: "app", clientSecret: "example", domain: "tenant.example.com", } };
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
import { ofetch } from "ofetch";
import { defineOAuthAuth0EventHandler } from "./node_modules/nuxt-auth-utils/dist/runtime/server/lib/oauth/auth0.js";

const tenant = createServer((request, response) => {
  const status = Number(new URL(request.url, "http://tenant").searchParams.get("status"));
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: "invalid_grant", error_description: "Invalid authorization code" }));
}).listen(0, "127.0.0.1");
const app = createApp({ onError: () => {} });
const listener = createServer(toNodeListener(app)).listen(0, "127.0.0.1");
await Promise.all([once(tenant, "listening"), once(listener, "listening")]);

/** Auth0's token endpoint, at home: it answers with the status under test. */
let status;
globalThis.$fetch = (_url, options) => ofetch(`http://127.0.0.1:${tenant.address().port}/?status=${status}`, options);
app.use("/auth/auth0", defineOAuthAuth0EventHandler({ onSuccess: () => "logged in", onError: () => "onError" }));

const answers = [];
for (status of [401, 403, 400]) {
  const headers = { cookie: "nuxt-auth-state=s1" };
  const answer = await fetch(`http://127.0.0.1:${listener.address().port}/auth/auth0?code=used&state=s1`, { headers });
  answers.push(`${status}: ${answer.ok ? await answer.text() : `Server Error ${answer.status}`}`);
}
const seen = answers.join("; ");
const asStated = seen === "401: onError; 403: Server Error 403; 400: Server Error 400";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node --import ./hook.mjs check.mjs </dev/null 2>/dev/null | grep -E '^(as stated|CHANGED)'
