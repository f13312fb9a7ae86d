#!/usr/bin/env bash
# @upstash/ratelimit@2.2.0 with ioredis-mock@8.13.1, Node 20.20.2, run 2026-11-30.
# Expected: `ephemeralCache: false` turns the cache of refused ids off, as documented, in `MultiRegionRatelimit` as in `Ratelimit`,
# and a map that is given is the one that is used.
# It does: `MultiRegionRatelimit` does not hand the option on, and its base class puts a map of its own in its place. Seen:
#   as stated: a second refusal without the cache: Ratelimit asked; MultiRegionRatelimit cacheBlock; a map that is given holds 0 ids
# Why it matters: a customer whose limit was reset by another process stays refused here until the window ends, a month perhaps.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @upstash/ratelimit@2.2.0 @upstash/redis@1.39.0 \
  ioredis-mock@8.13.1 ioredis@5.8.2
cat >check.mjs <<'EOF'
import { MultiRegionRatelimit, Ratelimit } from "@upstash/ratelimit";
import Redis from "ioredis-mock";

async function secondRefusal(Limiter, several, ephemeralCache) {
  const store = new Redis();
  await store.flushall();
  const redis = {
    evalsha: async () => {
      throw new Error("NOSCRIPT");
    },
    eval: (text, keys, args) => store.eval(text.replace(/^#!.*\n/, "\n"), keys.length, ...keys, ...args),
  };
  const limiter = Limiter.fixedWindow(1, "1 h");
  const limit = new Limiter({ redis: several ? [redis] : redis, limiter, ephemeralCache });
  const served = (await limit.limit("customer")).success;
  const refused = !(await limit.limit("customer")).success;
  if (!served || !refused) throw new Error("one request was to be served, the next refused");
  return (await limit.limit("customer")).reason ?? "asked";
}
const one = await secondRefusal(Ratelimit, false, false);
const several = await secondRefusal(MultiRegionRatelimit, true, false);
const map = new Map();
await secondRefusal(MultiRegionRatelimit, true, map);
const seen = `Ratelimit ${one}; MultiRegionRatelimit ${several}; a map that is given holds ${map.size} ids`;
const expected = "Ratelimit asked; MultiRegionRatelimit cacheBlock; a map that is given holds 0 ids";
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: a second refusal without the cache: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
