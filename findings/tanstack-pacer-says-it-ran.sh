#!/usr/bin/env bash
# @tanstack/pacer@0.22.0, Node 20.20.2, run 2026-11-30.
# Expected: `maybeExecute()` of a rate limiter says whether the function ran: true within the limit, false beyond.
# It does: with `enabled: false` the function does not run, and the answer is true. Nothing is counted as refused either. Seen:
#   as stated: three calls, 2 allowed: enabled true true false, 2 runs; not enabled true true true, 0 runs
# Why it matters: who puts a request aside when it is told false loses the requests that were made while the limiter was off.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @tanstack/pacer@0.22.0
cat >check.mjs <<'EOF'
import { RateLimiter } from "@tanstack/pacer";

function threeCalls(enabled) {
  let runs = 0;
  const limiter = new RateLimiter(() => (runs += 1), { limit: 2, window: 60_000, enabled });
  const told = [limiter.maybeExecute(), limiter.maybeExecute(), limiter.maybeExecute()];
  return `${told.join(" ")}, ${runs} runs`;
}
const seen = `enabled ${threeCalls(true)}; not enabled ${threeCalls(false)}`;
const asStated = seen === "enabled true true false, 2 runs; not enabled true true true, 0 runs";
console.log(`${asStated ? "as stated" : "CHANGED"}: three calls, 2 allowed: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
