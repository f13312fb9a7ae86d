#!/usr/bin/env bash
# sveltekit-rate-limiter@0.7.0 with @sveltejs/kit@2, Node 20.20.2, run 2026-11-30.
# Expected: `check()` of a RetryAfterRateLimiter says in how many seconds the client is served again.
# It does: the time is counted from the first refusal, a whole window, though the window began with the first request. Seen:
#   as stated: 1 in 5 s allowed, refused after 4 s: retry after 4 s or more; 1.2 s later served true
# Why it matters: with a limit for each day, who is refused at 23:59 is told to come back in 24 hours, and a minute would do.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps sveltekit-rate-limiter@0.7.0 nanoid@5.1.6
cat >check.mjs <<'EOF'
import { setTimeout as later } from "node:timers/promises";
import { RetryAfterRateLimiter } from "sveltekit-rate-limiter/server";

const limiter = new RetryAfterRateLimiter({ IP: [1, "5s"] });
const event = { getClientAddress: () => "192.0.2.1" };
const first = await limiter.check(event);
await later(4_000);
const refused = await limiter.check(event);
await later(1_200);
const again = await limiter.check(event);
if (first.limited || !refused.limited) throw new Error("one request was to be served, the next refused");
const told = refused.retryAfter >= 4 ? "4 s or more" : `${refused.retryAfter} s`;
const seen = `retry after ${told}; 1.2 s later served ${!again.limited}`;
const asStated = seen === "retry after 4 s or more; 1.2 s later served true";
console.log(`${asStated ? "as stated" : "CHANGED"}: 1 in 5 s allowed, refused after 4 s: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node --conditions=svelte check.mjs
