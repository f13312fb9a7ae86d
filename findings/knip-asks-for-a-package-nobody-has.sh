#!/usr/bin/env bash
# knip@6.44.2 with the configuration of @stryker-mutator/core@10.0.0, Node 20.20.2, run 2026-11-29.
# Expected: knip's plugin for Stryker knows `testRunner: "command"`, Stryker's own runner, which needs no package.
# It does: it makes a package name of it, reports it as an unlisted dependency and ends with 1. The registry has no package of
# that name. Seen:
#   as stated: unlisted @stryker-mutator/command-runner; registry E404
# Why it matters: a project that lets Stryker run its tests by a command cannot make the check pass by doing what it asks. It
# needs an entry under ignoreDependencies.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts knip@6.44.2
npm pkg set main=index.js type=module devDependencies.@stryker-mutator/core=10.0.0
echo 'export const one = 1;' >index.js
echo '{ "testRunner": "command", "mutate": ["index.js"] }' >stryker.config.json
report=$(npx --no-install knip --dependencies --reporter json || true)
unlisted=$(node -p 'JSON.parse(process.argv[1]).issues.flatMap(({ unlisted = [] }) => unlisted.map(({ name }) => name)).join()' "$report")
registry=$(npm view @stryker-mutator/command-runner version 2>&1 | grep -o -m1 E404 || true)
if [ "$unlisted" != @stryker-mutator/command-runner ] || [ "$registry" != E404 ]; then
  echo "CHANGED: unlisted ${unlisted:-nothing}; registry ${registry:-has it}"
  exit 1
fi
echo "as stated: unlisted $unlisted; registry $registry"
