#!/usr/bin/env bash
# get-jwks@11.0.3, Node 20.20.2, run 2026-11-30.
# Expected: `timeout`, "how long it should wait to retrieve a JWK before it fails", ends a request for keys; without it 5 s do.
# It does: `timeout` is read by nothing, and the 5 s are handed to Node's own fetch, which does not know them. A key set that
# never answers is waited for until the socket gives up (five minutes), by every request with that key. `fetchOptions.signal`
# is no way round: one signal serves for all requests that the process ever makes. Seen:
#   as stated: after 7 s: timeout 500 waits, default waits; requests 2
# Why it matters: an API whose issuer hangs for a minute hangs with it, request by request, instead of answering 5xx after 5 s.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts get-jwks@11.0.3
cat >check.mjs <<'EOF'
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import buildGetJwks from "get-jwks";

let requests = 0;
const server = createServer(() => (requests += 1)).listen(0, "127.0.0.1");
await once(server, "listening");
const domain = `http://127.0.0.1:${server.address().port}/`;
const ask = (options) => {
  const end = buildGetJwks(options).getJwk({ domain, alg: "RS256", kid: "k1" }).then(() => "answers", () => "fails");
  return Promise.race([end, sleep(7000, "waits")]);
};
const [short, standard] = await Promise.all([ask({ timeout: 500 }), ask({})]);
const seen = `after 7 s: timeout 500 ${short}, default ${standard}; requests ${requests}`;
const asStated = seen === "after 7 s: timeout 500 waits, default waits; requests 2";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
