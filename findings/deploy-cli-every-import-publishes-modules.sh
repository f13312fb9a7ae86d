#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-30.
# Expected: importing again what was exported from a tenant with all changes published makes no new version of an Action module.
# It does: `all_changes_published: true`, which every export of such a tenant contains, is an order and not a state. Each import
# writes the module and publishes a version of it, although the tenant answers with the same code and the same flag. Seen:
#   as stated: second import of an unchanged module: PATCH /actions/modules/mod_1, POST /actions/modules/mod_1/versions
# Why it matters: a pipeline that imports on every merge grows the list of versions by one an import, and whoever looks for the
# version before the last change no longer finds it among them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts auth0-deploy-cli@8.44.0
cat >check.cjs <<'EOF'
const { writeFileSync } = require("node:fs");
const schema = require("auth0-deploy-cli/lib/tools/auth0/schema").default;
schema.properties.prompts = {}; // 8 MB that this check does not need; without it a run takes 2 s and not 25 s
const CODE = "module.exports = { rate: 1 };\n";
const module_ = { id: "mod_1", name: "rates", code: CODE, dependencies: [], secrets: [], latest_version_number: 1, all_changes_published: true };
const writes = [];
globalThis.fetch = async (url, { method = "GET" } = {}) => {
  const path = new URL(typeof url === "string" ? url : url.url).pathname.replace("/api/v2", "");
  if (path === "/oauth/token") return Response.json({ access_token: "t", expires_in: 86400, token_type: "Bearer" });
  if (method !== "GET") writes.push(`${method} ${path}`);
  if (path === "/actions/modules") return Response.json({ modules: [module_], total: 1, page: 0, per_page: 100 });
  if (path.startsWith("/actions/modules/")) return Response.json(module_);
  return Response.json({ statusCode: 404, message: "not found" }, { status: 404 });
};
writeFileSync("rates.js", CODE);
writeFileSync("tenant.yaml", "actionModules:\n  - name: rates\n    code: ./rates.js\n    dependencies: []\n    secrets: []\n    all_changes_published: true\n");
const config = { AUTH0_DOMAIN: "tenant.example", AUTH0_CLIENT_ID: "deployer", AUTH0_CLIENT_SECRET: "secret" };
(async () => {
  const deploy = () => require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config });
  await deploy();
  writes.length = 0;
  await deploy();
  const seen = writes.join(", ") || "no write";
  const asStated = seen === "PATCH /actions/modules/mod_1, POST /actions/modules/mod_1/versions";
  console.log(`${asStated ? "as stated" : "CHANGED"}: second import of an unchanged module: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
