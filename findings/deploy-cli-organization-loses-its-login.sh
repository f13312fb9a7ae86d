#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: a member that the file leaves out is left as it is, and with deletions off nothing is taken away.
# It does: an organization without the key `connections` has every enabled connection removed, AUTH0_ALLOW_DELETE being
# unset, and the end is "Import Successful". Seen:
#   as stated: DELETE /organizations/org_1/connections/con_1
# Why it matters: changing a display name by hand in the file cuts the organization's members off from their only way to
# log in. `client_grants` goes the same way; `clients` and `discovery_domains` are guarded by the setting.
# The documentation says that what is omitted is skipped (excluding-from-management.md) and names no such exception.
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
  if (method !== "GET") return method === "DELETE" ? { status: 204 } : { id: "org_1" };
  const first = (query.get("page") ?? "0") === "0";
  const enabled = { connection_id: "con_1", assign_membership_on_login: true, connection: { name: "acme-saml" } };
  const page = (name, ...rows) => ({ [name]: first ? rows : [], total: rows.length, start: 0, limit: 50 });
  if (path === "/organizations") return page("organizations", { id: "org_1", name: "acme", display_name: "Acme" });
  if (path === "/organizations/org_1/connections") return page("connections", enabled);
  if (path === "/organizations/org_1/discovery-domains") return { domains: [] };
  if (path === "/connections") return { connections: [{ id: "con_1", name: "acme-saml", strategy: "samlp", options: {} }] };
  if (path.endsWith("client-grants")) return page("client_grants");
  if (path.endsWith("clients")) return page("clients");
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", "organizations:\n  - name: acme\n    display_name: Acme Inc\n");
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config, env: false });
  const deleted = writes.filter(([method]) => method === "DELETE").map(([, path]) => path);
  verdict(deleted.join() === "/organizations/org_1/connections/con_1", `DELETE ${deleted.join(", ") || "nothing"}`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
