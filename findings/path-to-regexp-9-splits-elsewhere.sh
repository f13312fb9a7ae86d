#!/usr/bin/env bash
# path-to-regexp@9.0.0, express@5.3.0 (its path-to-regexp 8.4.2), find-my-way@9.10.2 (fastify's router), Node 20.20.2, run 2026-11-29.
# Expected: a route that the three understand, /files/:name.:type, gives the same parameters in all of them.
# It does: 9.0 ends the first parameter at the first dot, what Express and fastify use ends it at the last. Seen:
#   as stated: express and find-my-way {"name":"x.tar","type":"gz"}, path-to-regexp 9 {"name":"x","type":"tar.gz"}
# Why it matters: a gateway, a client or a test that matches routes with the newest path-to-regexp sees other parameters than the
# Express server that it stands before, for the same valid path, and no error says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts path-to-regexp@9.0.0 express@5.3.0 find-my-way@9.10.2
cat >check.mjs <<'EOF'
import { createRequire } from "node:module";
import findMyWay from "find-my-way";
import { match } from "path-to-regexp";

const require = createRequire(import.meta.url);
const ofExpress = createRequire(createRequire(require.resolve("express")).resolve("router"))("path-to-regexp");
const [route, path] = ["/files/:name.:type", "/files/x.tar.gz"];
const router = findMyWay();
router.on("GET", route, () => {});
const [fastify, express, nine] = [router.find("GET", path), ofExpress.match(route)(path), match(route)(path)]
  .map(({ params }) => JSON.stringify({ name: params.name, type: params.type }));
const asStated = fastify === express && express === '{"name":"x.tar","type":"gz"}' && nine === '{"name":"x","type":"tar.gz"}';
const seen = fastify === express ? `express and find-my-way ${express}` : `express ${express}, find-my-way ${fastify}`;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}, path-to-regexp 9 ${nine}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
