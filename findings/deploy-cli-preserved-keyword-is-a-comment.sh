#!/usr/bin/env bash
# auth0-deploy-cli@8.44.0, Node 20.20.2, run 2026-11-29.
# Expected: AUTH0_PRESERVE_KEYWORDS keeps at an export every marker that the same file gives to an import.
# It does: an import replaces the markers before YAML is read, so `friendly_name: Shop ##STAGE##` works. A preserving export
# reads the file with the markers in it, where " #" begins a comment: the value is "Shop" and has no marker, so the tenant's
# text is written in its place, without a warning. Of two markers only the one without a blank before it is kept. Seen:
#   as stated: import sends "Shop test"; export writes friendly_name: Shop test, support_email: help@##STAGE##.example
# Why it matters: the value of one stage is committed, and the next deploy brings it to the other stages.
# Quotes around the value keep the marker. keyword-replacement.md quotes its example and names other limits, not this one.
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
const answer = (method, path) => {
  if (path !== "/tenants/settings") return undefined;
  return method === "GET" ? { friendly_name: "Shop test", support_email: "help@test.example", flags: {} } : {};
};
(async () => {
  fs.mkdirSync("out");
  fs.writeFileSync("out/tenant.yaml", "tenant:\n  friendly_name: Shop ##STAGE##\n  support_email: help@##STAGE##.example\n");
  const { deploy, dump } = require("auth0-deploy-cli");
  const mapped = { ...config, AUTH0_INCLUDED_ONLY: ["tenant"], AUTH0_KEYWORD_REPLACE_MAPPINGS: { STAGE: "test" } };
  await deploy({ input_file: "out/tenant.yaml", config: mapped, env: false });
  const preserving = { ...mapped, AUTH0_PRESERVE_KEYWORDS: true };
  await dump({ output_folder: "out", format: "yaml", config: preserving, env: false });
  const [[, , sent]] = writes;
  const [name, email] = fs.readFileSync("out/tenant.yaml", "utf8").match(/(friendly_name|support_email): .*/g);
  const asStated = sent.friendly_name === "Shop test" && name === "friendly_name: Shop test";
  verdict(asStated && email === "support_email: help@##STAGE##.example",
    `import sends "${sent.friendly_name}"; export writes ${name}, ${email}`);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
