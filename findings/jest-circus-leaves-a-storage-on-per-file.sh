#!/usr/bin/env bash
# jest@30.5.2 (jest-circus 30.5.2), Node 20.20.2, run 2026-11-30.
# Expected: a file of tests takes as long as the last one of a worker as it takes as the first one.
# It does not: jest-circus makes an AsyncLocalStorage for each file and never disables it, and Node 20 runs through all storages that
# are on at each promise that is made. Here 60 files that do nothing come before one that awaits 300,000 times. Seen:
#   as stated: 300,000 awaits take at least 4 times as long after 60 other files
# Why it matters: in a worker that runs a hundred files the tests with many promises slow down the more the later they come. Disabling
# the storages of the file before in a setup file keeps the time as it was.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts jest@30.5.2
cat >order.cjs <<'JS'
const Sequencer = require("@jest/test-sequencer").default;
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
};
JS
echo '{ "testSequencer": "./order.cjs", "testEnvironment": "node" }' >jest.config.json
awaiting='test("awaits", async () => {
  const before = process.cpuUsage();
  for (let i = 0; i < 300_000; i += 1) await null;
  const { user, system } = process.cpuUsage(before);
  require("node:fs").appendFileSync("times", `${user + system}\n`);
}, 120_000);'
echo "$awaiting" >a.test.js
for i in $(seq 10 69); do echo 'test("nothing", () => {});' >"b$i.test.js"; done
echo "$awaiting" >c.test.js
npx --no-install jest --runInBand >/dev/null 2>&1
ratio=$(node -p 'const [first, last] = require("node:fs").readFileSync("times", "utf8").split("\n").map(Number); (last / first).toFixed(1)')
if node -e 'process.exit(Number(process.argv[1]) >= 4 ? 1 : 0)' "$ratio"; then
  echo "CHANGED: they take $ratio times as long after 60 other files"
  exit 1
fi
echo "as stated: 300,000 awaits take at least 4 times as long after 60 other files"
