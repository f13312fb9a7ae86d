#!/usr/bin/env bash
# fastify-auth0-verify@4.1.4, fastify@5.12.8, Node 20.20.2, run 2026-11-30.
# Expected: two applications, in tests one for each test, can be registered with one object of options.
# It does: registering deletes `domain` from the caller's object; the second application does not start, with the advice to give the
# option that stands in the code. Seen:
#   as stated: first starts; second: Please provide at least one of the "domain" or "secret" options.
# Why it matters: the first test of a suite passes and the others fail, each alone passes too. A spread ({ ...options }) helps.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts fastify-auth0-verify@4.1.4 fastify@5.12.8
cat >check.mjs <<'EOF'
import Fastify from "fastify";
import auth0Verify from "fastify-auth0-verify";

const options = { domain: "tenant.example", audience: "https://api.example/" };
const start = async () => {
  const app = Fastify();
  try {
    await app.register(auth0Verify, options);
    await app.ready();
    return "starts";
  } catch (error) {
    return error.message;
  }
};
const [first, second] = [await start(), await start()];
const asStated = first === "starts" && /provide at least one of the "domain"/.test(second);
console.log(`${asStated ? "as stated" : "CHANGED"}: first ${first}; second: ${second}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
