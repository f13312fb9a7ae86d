#!/usr/bin/env bash
# @upstash/ratelimit@2.2.0 with ioredis-mock@8.13.1, Node 20.20.2, run 2026-11-30.
# Expected: under `slidingWindow(10, "10 s")` a client that asks twice as often is served 10 requests in 10 seconds. The cache of
# refused ids, which is on unless one turns it off, saves the way to Redis while the answer would be a refusal.
# It does: a refusal is kept until the end of the fixed window from which the sliding one is computed, although Redis would have
# room for the next request a second later. In every other window the client is served one request. Seen:
#   as stated: 400 requests in 200 s, 10 in 10 s allowed: 110 served, with ephemeralCache: false 200
# Why it matters: a client above its limit is served half of what it paid for, and `remaining` and `reset` do not say so.
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

const RealDate = Date;
let now = RealDate.UTC(2026, 0, 1);
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [now]));
  }
  static now() {
    return now;
  }
};
async function servedWith(options) {
  const store = new Redis();
  await store.flushall();
  const redis = {
    evalsha: async () => {
      throw new Error("NOSCRIPT");
    },
    eval: (text, keys, args) => store.eval(text.replace(/^#!.*\n/, "\n"), keys.length, ...keys, ...args),
  };
  const limit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "10 s"), ...options });
  now = RealDate.UTC(2026, 0, 1);
  let served = 0;
  for (let request = 0; request < 400; request += 1) {
    served += (await limit.limit("customer")).success ? 1 : 0;
    now += 500;
  }
  return served;
}
const byDefault = await servedWith({});
const without = await servedWith({ ephemeralCache: false });
const seen = `${byDefault} served, with ephemeralCache: false ${without}`;
const asStated = seen === "110 served, with ephemeralCache: false 200";
console.log(`${asStated ? "as stated" : "CHANGED"}: 400 requests in 200 s, 10 in 10 s allowed: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
