#!/usr/bin/env bash
# jwks-fetch@2.0.1, Node 20.20.2, run 2026-12-01.
# Expected: with `cache: true, ttl: 60` a key set is read once a minute: "ttl: Amount of time in seconds to cache a key".
# It does: the key is kept with a moment a minute away and thrown out by a timer of 60 milliseconds. Seen:
#   as stated: ttl 60: 10 keys asked for in a second, 10 requests; ttl 3600: 1 request
# Why it matters: each check of a token waits for the provider, and its limit for the key set becomes that of the service.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts jwks-fetch@2.0.1
cat >check.mjs <<'EOF'
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { JWKSClient } from "jwks-fetch";

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "key-1", use: "sig", alg: "RS256" }];
let requests = 0;
const server = http.createServer((_, response) => {
  requests += 1;
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const count = async (ttl) => {
  requests = 0;
  const client = new JWKSClient({ cache: true, ttl });
  for (let n = 0; n < 10; n += 1) {
    await client.retrieve(`http://127.0.0.1:${server.address().port}/`, "key-1");
    await sleep(100);
  }
  return requests;
};
const minute = await count(60);
const hour = await count(3600);
const seen = `ttl 60: 10 keys asked for in a second, ${minute} requests; ttl 3600: ${hour} request`;
const asStated = minute === 10 && hour === 1;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
