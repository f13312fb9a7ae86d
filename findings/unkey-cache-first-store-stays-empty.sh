#!/usr/bin/env bash
# @unkey/cache@1.5.0, Node 20.20.2, run 2026-11-30.
# Expected: of several stores the first that has a value fills those before it, as the comment of the class says; so what another
# instance has put into the shared store is read there once, and from memory afterwards.
# It does: the writes are put together and never started; each read goes to the shared store, for as long as the value lives. Seen:
#   as stated: 5 reads, all pro; the shared store was asked 5 times, memory holds 0 values
# Why it matters: the memory in front of the shared store saves nothing on the instances that did not load the value themselves.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @unkey/cache@1.5.0
cat >check.mjs <<'EOF'
import { setImmediate } from "node:timers/promises";
import { createCache, DefaultStatefulContext, Namespace } from "@unkey/cache";
import { MemoryStore } from "@unkey/cache/stores";

/** A store that everybody reaches, as a network has one, which counts its reads. */
class SharedStore extends MemoryStore {
  reads = 0;
  async get(...values) {
    this.reads += 1;
    return await super.get(...values);
  }
}
const shared = new SharedStore({ persistentMap: new Map() });
const memory = new Map();
const times = { fresh: 3_600_000, stale: 7_200_000 };
const context = new DefaultStatefulContext();
const other = createCache({ plan: new Namespace(context, { stores: [shared], ...times }) });
const stores = [new MemoryStore({ persistentMap: memory }), shared];
const own = createCache({ plan: new Namespace(context, { stores, ...times }) });
await other.plan.set("customer", "pro");
const values = new Set();
for (let read = 0; read < 5; read += 1) {
  values.add((await own.plan.get("customer")).val);
  await setImmediate();
}
const seen = `5 reads, all ${[...values]}; the shared store was asked ${shared.reads} times, memory holds ${memory.size} values`;
const asStated = seen === "5 reads, all pro; the shared store was asked 5 times, memory holds 0 values";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
