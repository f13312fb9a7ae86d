#!/usr/bin/env bash
# better-auth@1.7.6, Node 20.20.2, run 2026-11-30.
# Expected: `rateLimit: { window: 60, max: 100 }`, documented as the most requests in the window, never refuses a client that asks
# twice a minute, wherever the counts are stored.
# It does: in memory and in the database each request begins the window anew and keeps the count, so the count ends only after a
# minute of silence, and the 101st request is refused however slow they come. The secondary storage counts a minute. Seen:
#   as stated: a request each 30 s, refused at: memory 101, database 101, secondary-storage never (of 1000)
# Why it matters: a page that asks for its session every half minute is refused after fifty minutes, of a limit of 100 a minute.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts better-auth@1.7.6 @better-auth/core@1.7.6 better-call@1.4.0
cat >check.mjs <<'EOF'
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";

const RealDate = Date;
let ms = 0;
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [RealDate.now() + ms]));
  }
  static now() {
    return RealDate.now() + ms;
  }
};
// As Redis counts: a key that is new, or has expired, begins at one.
const counts = new Map();
const secondaryStorage = {
  get: () => null,
  set: () => {},
  delete: () => {},
  increment: async (key, ttl) => {
    const now = Date.now();
    const kept = counts.get(key);
    const next = kept && kept.until > now ? { ...kept, count: kept.count + 1 } : { count: 1, until: now + ttl * 1000 };
    counts.set(key, next);
    return next.count;
  },
};
const count = async (storage) => {
  const database = memoryAdapter({ user: [], session: [], account: [], verification: [], rateLimit: [] });
  const auth = betterAuth({
    baseURL: "https://app.example", secret: "a long secret of this example alone", database, logger: { disabled: true },
    rateLimit: { enabled: true, window: 60, max: 100, storage }, ...(storage === "secondary-storage" && { secondaryStorage }),
  });
  for (let request = 1; request <= 1000; request += 1) {
    ms += 30_000;
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const { status } = await auth.handler(new Request("https://app.example/api/auth/get-session", { headers }));
    if (status === 429) return `${storage} ${request}`;
    if (status !== 200) throw new Error(`answered ${status}`);
  }
  return `${storage} never (of 1000)`;
};
const seen = [await count("memory"), await count("database"), await count("secondary-storage")].join(", ");
const asStated = seen === "memory 101, database 101, secondary-storage never (of 1000)";
console.log(`${asStated ? "as stated" : "CHANGED"}: a request each 30 s, refused at: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
