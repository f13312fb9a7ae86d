#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0 (its js-yaml 4.3.2), Node 20.20.2, run 2026-11-29.
# Expected: a keyword mapping with the text "0012345678" puts that text where `client_secret: ##SECRET##` stands.
# It does: keywords are replaced in the file's text before YAML is read. A value without quotes around it is then read by
# YAML's own rules, and a secret of digits only becomes a number: the zeros in front are gone. No check refuses the
# number, for the members of a connection's options have no schema, and the end is "Import Successful". Seen:
#   as stated: client_secret sent = 12345678 (number)
# Why it matters: the provider refuses the secret at the next login, and nothing at the deploy says so. Quotes around the
# marker keep it a text. The documentation (keyword-replacement.md) calls ## a literal replacement and spells it with quotes
# in one example and without in another; that the value may change its type is not said.
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
const connection = { id: "con_1", name: "github", strategy: "github", options: { client_id: "i", client_secret: "old" } };
const answer = (method, path, query) => {
  if (method !== "GET") return { id: "con_1", client_id: "A" };
  const first = (query.get("page") ?? "0") === "0";
  if (path === "/connections") return { connections: [connection] };
  if (path === "/connections/con_1") return connection;
  if (path === "/connections/con_1/clients") return { clients: [] };
  if (path === "/connections-directory-provisionings") return { directory_provisionings: [] };
  if (path === "/clients") return { clients: first ? [{ client_id: "A", name: "Portal" }] : [], total: 1, start: 0, limit: 100 };
};

(async () => {
  require("node:fs").writeFileSync("tenant.yaml",
    "connections:\n  - name: github\n    strategy: github\n    options:\n      client_id: i\n      client_secret: ##SECRET##\n");
  const mapped = { ...config, AUTH0_KEYWORD_REPLACE_MAPPINGS: { SECRET: "0012345678" } };
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config: mapped, env: false });
  const [, , { options }] = writes.find(([method, path]) => method === "PATCH" && path === "/connections/con_1");
  verdict(options.client_secret === 12345678, `client_secret sent = ${options.client_secret} (${typeof options.client_secret})`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
