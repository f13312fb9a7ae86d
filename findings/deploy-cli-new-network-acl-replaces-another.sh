#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: an entry of networkACLs whose priority and description the tenant does not have is created.
# It does: entries are matched by id, priority, then `active`, and "both are active" counts as the same entry. The new entry
# is PATCHed over an unrelated one, deletions being off, and the end is "Import Successful". Seen:
#   as stated: PATCH /network-acls/acl_1, "Office only" is now "Block scanners"
# Why it matters: a rule that protects the tenant is gone, and the report speaks of an update. Names do not help:
# `description`, called the name of the rule in the documentation of the resource, is not looked at.
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
const office = {
  id: "acl_1", description: "Office only", active: true, priority: 1,
  rule: { action: { allow: true }, scope: "tenant", match: { ipv4_cidrs: ["192.0.2.0/24"] } },
};
const answer = (method, path) => {
  if (method !== "GET") return { id: "acl_1" };
  if (path === "/network-acls") return { network_acls: [office], total: 1, start: 0, limit: 100 };
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", `networkACLs:
  - description: Block scanners
    active: true
    priority: 9
    rule: { action: { block: true }, scope: authentication, match: { ipv4_cidrs: [203.0.113.0/24] } }
`);
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config, env: false });
  const [[method, path, { description }]] = writes;
  verdict(writes.length === 1 && method === "PATCH" && path === "/network-acls/acl_1" && description === "Block scanners",
    `${method} ${path}, "Office only" is now "${description}"`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
