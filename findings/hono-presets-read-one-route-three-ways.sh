#!/usr/bin/env bash
# hono@4.13.19, Node 20.20.2, run 2026-11-29.
# Expected: hono, hono/tiny and hono/quick can be exchanged for one another, as the page on presets says: only the router differs.
# It does: `/reports/:id.json` has a parameter `id` of "7" with tiny, a parameter `id` of "7.json" with quick, and one called
# `id.json` with the default. A slash at the end is a 404 with the default and a match with the other two. Seen:
#   as stated: default {"id.json":"7.json"} 404, tiny {"id":"7"} 200, quick {"id":"7.json"} 200
# Why it matters: choosing the small preset for a worker changes what the handlers get, and `c.req.param("id")` is undefined in
# one of them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts hono@4.13.19
cat >check.mjs <<'EOF'
import { Hono } from "hono";
import { Hono as Quick } from "hono/quick";
import { Hono as Tiny } from "hono/tiny";

const read = async (App) => {
  const app = new App();
  app.get("/reports/:id.json", (c) => c.json(c.req.param()));
  const parameters = await (await app.request("/reports/7.json")).text();
  const other = new App();
  other.get("/users/:id", (c) => c.text("user"));
  return `${parameters} ${(await other.request("/users/1/")).status}`;
};
const seen = `default ${await read(Hono)}, tiny ${await read(Tiny)}, quick ${await read(Quick)}`;
const asStated = seen === 'default {"id.json":"7.json"} 404, tiny {"id":"7"} 200, quick {"id":"7.json"} 200';
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
