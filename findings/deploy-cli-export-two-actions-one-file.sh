#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: an export of two Actions gives two files, or a message that it cannot.
# It does: the folder is the Action's name with what a file name cannot hold made a hyphen, so two names that differ
# in such a sign share one code.js. The last one wins, both entries point at it, and the end is "Export Successful". Seen:
#   as stated: Sync: users -> ./actions/Sync- users/code.js, Sync? users -> ./actions/Sync- users/code.js; one code left
# Why it matters: the code of one Action is lost, and the next import writes the other one's code into it.
# Known for clients of one name in the directory format (auth0-deploy-cli issue 771); for Actions, YAML format too,
# nothing was found.
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
const action = (id, name) => ({
  id, name, code: `/* code of ${id} */`, runtime: "node22", dependencies: [], secrets: [], all_changes_deployed: true,
  supported_triggers: [{ id: "post-login", version: "v3" }],
});
const answer = (_method, path) => {
  if (path === "/actions/actions") return { actions: [action("1", "Sync: users"), action("2", "Sync? users")], total: 2 };
  if (path === "/actions/modules") return { modules: [], total: 0 };
};
(async () => {
  const only = { ...config, AUTH0_INCLUDED_ONLY: ["actions"] };
  await require("auth0-deploy-cli").dump({ output_folder: "out", format: "yaml", config: only, env: false });
  const yaml = fs.readFileSync("out/tenant.yaml", "utf8");
  const paths = [...yaml.matchAll(/code: (.+)/g)].map(([, path]) => path);
  const codes = fs.readdirSync("out/actions");
  verdict(paths.length === 2 && paths[0] === paths[1] && codes.length === 1,
    `Sync: users -> ${paths[0]}, Sync? users -> ${paths[1]}; ${codes.length === 1 ? "one code" : "two codes"} left`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
