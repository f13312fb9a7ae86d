#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: an export holds the tenant as it runs, so of an Action the code of its deployed version.
# It does: where an Action has a saved draft that nobody has deployed, code.js holds the draft, and the entry says
# `deployed: false` though a version is live and bound. Both formats do it, without a warning. Seen:
#   as stated: code.js = "/* draft */", deployed: false, bound: Enrich
# Why it matters: who exports to have a backup, or to bring a tenant under version control, keeps code that never ran,
# and an import of that folder elsewhere leaves the Action undeployed, so that its binding is refused.
# The documentation does not say which of the two codes is written.
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
const fs = require("node:fs");
const action = {
  id: "1", name: "Enrich", code: "/* draft */", status: "built", all_changes_deployed: false, runtime: "node22",
  dependencies: [], secrets: [], supported_triggers: [{ id: "post-login", version: "v3" }],
  deployed_version: { id: "v3", number: 3, deployed: true, code: "/* live */", secrets: [], dependencies: [] },
};
const answer = (_method, path) => {
  if (path === "/actions/actions") return { actions: [action], total: 1 };
  if (path === "/actions/modules") return { modules: [], total: 0 };
  if (path === "/actions/triggers") return { triggers: [{ id: "post-login", version: "v3", status: "CURRENT" }] };
  if (path === "/actions/triggers/post-login/bindings")
    return { bindings: [{ id: "b", display_name: "Enrich", action: { id: "1", name: "Enrich" } }], total: 1 };
  if (path.endsWith("/bindings")) return { bindings: [], total: 0 };
};
(async () => {
  const only = { ...config, AUTH0_INCLUDED_ONLY: ["actions", "triggers"] };
  await require("auth0-deploy-cli").dump({ output_folder: "out", format: "yaml", config: only, env: false });
  const code = fs.readFileSync("out/actions/Enrich/code.js", "utf8");
  const yaml = fs.readFileSync("out/tenant.yaml", "utf8");
  const [, deployed] = /deployed: (\w+)/.exec(yaml);
  const [, bound] = /action_name: (\w+)/.exec(yaml);
  verdict(code === "/* draft */" && deployed === "false" && bound === "Enrich",
    `code.js = ${JSON.stringify(code)}, deployed: ${deployed}, bound: ${bound}`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
