#!/usr/bin/env bash
# yaml@2.9.1 and auth0-deploy-cli@8.44.0 (its js-yaml 4.3.2), Node 20.20.2, run 2026-11-29.
# Expected: a text that one YAML library writes is the same text in the other, above all where both know YAML 1.2.
# It does: `yaml` writes the text 2026-11-29 without quotes, since YAML 1.2 has no dates; js-yaml 4 reads a Date, which is
# a moment in UTC once it is JSON. js-yaml 5 gave dates up. Seen:
#   as stated: written "launched: 2026-11-29", read by the CLI's js-yaml as 2026-11-29T00:00:00.000Z
# Why it matters: a tenant.yaml made with `yaml` puts 2026-11-29T00:00:00.000Z into client_metadata when the CLI imports
# it; a tool that compares with `yaml` on its side sees a difference that never goes away.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts yaml@2.9.1 auth0-deploy-cli@8.44.0
cat >check.cjs <<'EOF'
const { createRequire } = require("node:module");
const yaml = require("yaml");
const ofTheCli = createRequire(require.resolve("auth0-deploy-cli"))("js-yaml");
const written = yaml.stringify({ launched: "2026-11-29" }).trim();
const { launched } = ofTheCli.load(written);
const asStated = written === "launched: 2026-11-29" && launched instanceof Date && yaml.parse(written).launched === "2026-11-29";
const read = launched instanceof Date ? launched.toISOString() : launched;
console.log(`${asStated ? "as stated" : "CHANGED"}: written "${written}", read by the CLI's js-yaml as ${read}`);
process.exit(asStated ? 0 : 1);
EOF
node check.cjs
