#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: `emailProvider: {}` with deletions on deletes the provider; excluding-from-management.md has this very example.
# It does: nothing is deleted. What was read is sent back, and the end is "Import Successful". Seen:
#   as stated: PATCH /emails/provider, name smtp; no DELETE
# Why it matters: a tenant that should not send mail any more, a copy for tests say, goes on sending it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts auth0-deploy-cli@8.44.0
cat >check.cjs <<'EOF'
const schema = require("auth0-deploy-cli/lib/tools/auth0/schema").default;
schema.properties.prompts = {}; // 8 MB that this check does not need; without it a run takes 2 s and not 25 s
const writes = [];
globalThis.fetch = async (url, { method = "GET", body } = {}) => {
  const { pathname, searchParams } = new URL(typeof url === "string" ? url : url.url);
  const path = pathname.replace("/api/v2", "");
  if (path === "/oauth/token") return Response.json({ access_token: "t", expires_in: 86400, token_type: "Bearer" });
  if (method !== "GET") writes.push([method, path, body === undefined ? null : JSON.parse(body)]);
  const { status = 200, ...json } = answer(method, path, searchParams) ?? { status: 404, message: "not found" };
  return status === 204 ? new Response(null, { status }) : Response.json(json, { status });
};
const config = { AUTH0_DOMAIN: "tenant.example", AUTH0_CLIENT_ID: "deployer", AUTH0_CLIENT_SECRET: "secret" };
const verdict = (asStated, seen) => {
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
};
const credentials = { smtp_host: "mail.example", smtp_port: 587 };
const provider = { name: "smtp", enabled: true, default_from_address: "no-reply@example.com", credentials };
const answer = (_method, path) => (path === "/emails/provider" ? provider : undefined);
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", "emailProvider: {}\n");
  const deleting = { ...config, AUTH0_ALLOW_DELETE: true };
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config: deleting, env: false });
  const [[method, path, { name }] = ["no write", "", {}]] = writes;
  const deleted = writes.some(([one]) => one === "DELETE");
  verdict(method === "PATCH" && name === "smtp" && !deleted, `${method} ${path}, name ${name}; ${deleted ? "a" : "no"} DELETE`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
