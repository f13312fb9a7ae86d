#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: AUTH0_ALLOW_DELETE=false in the environment forbids deletions.
# It does: the variable is the text "false". Most kinds read it as a boolean, but the themes ask whether it is non-empty,
# so with "false" an empty list of themes deletes the tenant's theme, while without the variable nothing is deleted. Seen:
#   as stated: DELETE /branding/themes/theme_1 with AUTH0_ALLOW_DELETE=false
# Why it matters: the setting that looks safest is the one that deletes. Safe is only to leave the variable unset.
# configuring-the-deploy-cli.md gives it as a boolean, false by default, and lets every setting come from the environment.
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
const answer = (method, path) => {
  if (method !== "GET") return { status: 204 };
  if (path === "/branding/themes/default") return { themeId: "theme_1", displayName: "Brand" };
};
(async () => {
  require("node:fs").writeFileSync("tenant.yaml", "themes: []\n");
  await require("auth0-deploy-cli").deploy({ input_file: "tenant.yaml", config, env: true });
  const seen = writes.map(([method, path]) => `${method} ${path}`).join(", ") || "no write";
  verdict(seen === "DELETE /branding/themes/theme_1", `${seen} with AUTH0_ALLOW_DELETE=${process.env.AUTH0_ALLOW_DELETE}`);
})();
EOF
AUTH0_ALLOW_DELETE=false node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
