#!/usr/bin/env bash
# @upstash/ratelimit@2.2.0 with ioredis-mock@8.13.1, Node 20.20.2, run 2026-11-30.
# Expected: each window of a limiter has its key in Redis, and the key expires with the window, with `cachedFixedWindow` as with
# `fixedWindow`.
# It does: the script of `cachedFixedWindow` sets the expiry if the counter equals its argument. The counter is a number and the
# argument a string, which Lua never calls equal, so no key ever gets an expiry. The script of `fixedWindow` has a `tonumber`. Seen:
#   as stated: one request of 3 customers: fixedWindow 3 keys, 0 for ever; cachedFixedWindow 3 keys, 3 for ever
# Why it matters: Redis keeps a key for each customer and each minute for ever, until it is full or drops what others store there.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @upstash/ratelimit@2.2.0 @upstash/redis@1.39.0 \
  ioredis-mock@8.13.1 ioredis@5.8.2
cat >check.mjs <<'EOF'
import { Ratelimit } from "@upstash/ratelimit";
import Redis from "ioredis-mock";

async function keysOf(limiter) {
  const store = new Redis();
  await store.flushall();
  const script = (text) => text.replace(/^#!.*\n/, "\n");
  const redis = {
    evalsha: async () => {
      throw new Error("NOSCRIPT");
    },
    eval: (text, keys, args) => store.eval(script(text), keys.length, ...keys, ...args),
  };
  const limit = new Ratelimit({ redis, limiter });
  for (const customer of ["a", "b", "c"]) {
    const { success, pending } = await limit.limit(customer);
    if (!success) throw new Error("the first request of a customer was refused");
    await pending;
  }
  const keys = await store.keys("*");
  const lives = await Promise.all(keys.map((key) => store.pttl(key)));
  return `${lives.length} keys, ${lives.filter((left) => left < 0).length} for ever`;
}
const fixed = await keysOf(Ratelimit.fixedWindow(5, "10 s"));
const cached = await keysOf(Ratelimit.cachedFixedWindow(5, "10 s"));
const seen = `fixedWindow ${fixed}; cachedFixedWindow ${cached}`;
const asStated = seen === "fixedWindow 3 keys, 0 for ever; cachedFixedWindow 3 keys, 3 for ever";
console.log(`${asStated ? "as stated" : "CHANGED"}: one request of 3 customers: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
