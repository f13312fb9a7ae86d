#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0 (its auth0 6.4.0), Node 20.20.2, run 2026-11-29.
# Expected: a POST that may have been carried out is not sent again without a look whether it was.
# It does: a 500 or 503 is retried up to ten times whatever the method. When the answer was lost after the application had
# been made, a second one of the same name is made, and the end is "Import Successful". Seen:
#   as stated: POST /clients, POST /clients; import successful
# Why it matters: Auth0 allows two applications of one name, and the next import writes into one of the two, while the
# running service may hold the other's client id. The documentation does not mention retries.
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
let posts = 0;
const answer = (method, path, query) => {
  if (method === "POST" && path === "/clients") {
    posts += 1;
    return posts === 1 ? { status: 503, message: "the answer of a proxy, after the work was done" } : { client_id: "B", name: "Portal" };
  }
  if (path === "/clients") return { clients: [], total: 0, start: 0, limit: 100 };
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", "clients:\n  - name: Portal\n    app_type: spa\n");
  const end = await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config, env: false })
    .then(() => "import successful", (error) => `import failed: ${error.message}`);
  const sent = writes.map(([method, path]) => `${method} ${path}`).join(", ");
  verdict(sent === "POST /clients, POST /clients" && end === "import successful", `${sent}; ${end}`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
