#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: what `--dry-run` does not list, the import does not do.
# It does: the preview compares only the keys that the file has. A role without `permissions` is "no changes", and the
# import of the same file, deletions off, takes all its permissions away. Seen:
#   as stated: dry run: no changes; import: DELETE /roles/rol_1/permissions (read:all)
# Why it matters: the review of a change says that it is empty, and the holders of the role lose their access. The limits listed
# in using-dry-run.md are of other kinds.
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
const answer = (method, path, query) => {
  if (method !== "GET") return method === "DELETE" ? { status: 204 } : { id: "rol_1" };
  const page = (name, ...rows) => ({ [name]: (query.get("page") ?? "0") === "0" ? rows : [], total: rows.length, start: 0, limit: 50 });
  if (path === "/roles") return page("roles", { id: "rol_1", name: "admin", description: "all" });
  if (path === "/roles/rol_1/permissions")
    return page("permissions", { permission_name: "read:all", resource_server_identifier: "https://api.example/" });
  if (path === "/clients") return page("clients");
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", "roles:\n  - name: admin\n    description: all\n");
  const { deploy } = require("auth0-deploy-cli");
  const printed = [];
  const { write } = process.stdout;
  process.stdout.write = (text) => printed.push(String(text)) > 0;
  await deploy({ input_file: "tenant.yaml", config, env: false, dry_run: true });
  process.stdout.write = write;
  const quiet = /no changes/i.test(printed.join("")) && writes.length === 0;
  require("nconf").set("AUTH0_DRY_RUN", false);
  await deploy({ input_file: "tenant.yaml", config: { ...config, AUTH0_DRY_RUN: false }, env: false });
  const [, path, { permissions }] = writes.find(([method]) => method === "DELETE") ?? ["", "nothing", { permissions: [] }];
  verdict(quiet && permissions[0]?.permission_name === "read:all",
    `dry run: ${quiet ? "no changes" : "changes"}; import: DELETE ${path} (${permissions.map((p) => p.permission_name)})`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
