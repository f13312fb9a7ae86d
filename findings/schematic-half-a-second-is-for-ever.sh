#!/usr/bin/env bash
# @schematichq/schematic-typescript-node@1.6.2, Node 20.20.2, run 2026-11-30.
# Expected: `ttl` is the life of a cached flag in milliseconds, in Redis as in memory.
# It does: for Redis it is cut to whole seconds, and 0 seconds are taken for no end. A flag that is cached for half a second stays
# until somebody deletes it. Seen:
#   as stated: a feature is taken away, a day later: memory ttl 500 false, Redis ttl 5000 false, Redis ttl 500 true
# Why it matters: who wants a change of plan to show at once has entitlements that never change again.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @schematichq/schematic-typescript-node@1.6.2
cat >check.cjs <<'EOF'
const { once } = require("node:events");
const http = require("node:http");
const { LocalCache, RedisCacheProvider, SchematicClient } = require("@schematichq/schematic-typescript-node");

let ms = 0;
const real = Date.now;
Date.now = () => real() + ms;
class Redis {
  entries = new Map();
  async get(key) {
    const entry = this.entries.get(key);
    return entry && entry.until > Date.now() ? entry.value : null;
  }
  async set(key, value) {
    this.entries.set(key, { value, until: Infinity });
  }
  async setEx(key, seconds, value) {
    this.entries.set(key, { value, until: Date.now() + seconds * 1_000 });
  }
}
let granted;
const server = http.createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ data: { flag: "exports", reason: "plan", value: granted }, params: {} }));
});
async function dayLater(cache) {
  const basePath = `http://127.0.0.1:${server.address().port}`;
  const client = new SchematicClient({ apiKey: "api_key", basePath, cacheProviders: { flagChecks: [cache] }, logLevel: "error" });
  const check = () => client.checkFlag({ company: { id: "company_1" } }, "exports");
  granted = true;
  if (!(await check())) throw new Error("the feature was to be there");
  granted = false;
  ms += 24 * 3_600_000;
  return check();
}
(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const memory = await dayLater(new LocalCache({ ttl: 500 }));
  const seconds = await dayLater(new RedisCacheProvider({ client: new Redis(), ttl: 5_000 }));
  const half = await dayLater(new RedisCacheProvider({ client: new Redis(), ttl: 500 }));
  const seen = `memory ttl 500 ${memory}, Redis ttl 5000 ${seconds}, Redis ttl 500 ${half}`;
  const asStated = seen === "memory ttl 500 false, Redis ttl 5000 false, Redis ttl 500 true";
  console.log(`${asStated ? "as stated" : "CHANGED"}: a feature is taken away, a day later: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs
