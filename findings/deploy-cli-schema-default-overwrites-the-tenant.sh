#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: an option of a database that the file does not name keeps the tenant's value; the CLI reads and merges the options
# for that.
# It does: the schema has a default for `disable_self_service_change_password`, false, which is filled in before the merge and
# so beats what the tenant has. Seen:
#   as stated: tenant true, file silent, sent disable_self_service_change_password false (passwordPolicy from the file: good)
# Why it matters: a setting that somebody switched on in the dashboard is off after the next import of a file that never
# mentions it, and the end is "Import Successful". Not found in the documentation.
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
const stored = { disable_self_service_change_password: true, brute_force_protection: true };
const database = { id: "con_1", name: "Users", strategy: "auth0", options: stored };
const answer = (method, path) => {
  if (method !== "GET") return { id: "con_1" };
  if (path === "/connections") return { connections: [database] };
  if (path === "/connections/con_1") return database;
  if (path === "/connections/con_1/clients") return { clients: [] };
  if (path === "/clients") return { clients: [], total: 0, start: 0, limit: 100 };
  if (path === "/actions/actions") return { actions: [], total: 0, page: 0, per_page: 100 };
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml",
    "databases:\n  - name: Users\n    strategy: auth0\n    options:\n      passwordPolicy: good\n");
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config, env: false });
  const [, , { options }] = writes.find(([, path]) => path === "/connections/con_1");
  const { disable_self_service_change_password: sent, brute_force_protection: merged, passwordPolicy } = options;
  verdict(sent === false && merged === true,
    `tenant true, file silent, sent disable_self_service_change_password ${sent} (passwordPolicy from the file: ${passwordPolicy})`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
