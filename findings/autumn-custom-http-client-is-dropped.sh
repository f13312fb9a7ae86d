#!/usr/bin/env bash
# autumn-js@1.3.13, Node 20.20.2, run 2026-11-30.
# Expected: the option `httpClient` is the way of every request: through the company's proxy, with its own certificates or headers.
# It does: failing open is on unless one turns it off, and turning it on puts a client of its own in the place of the one that was
# given. Nothing says so; with `failOpen: false` the option works. Seen:
#   as stated: 1 check each: by default own client 0, global fetch 1; with failOpen: false own client 1, global fetch 0
# Why it matters: where only the proxy reaches the internet no request arrives, and failing open then allows each feature to all.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --omit=optional --legacy-peer-deps autumn-js@1.3.13
cat >check.mjs <<'EOF'
import { Autumn, HTTPClient } from "autumn-js";

async function requestsWith(options) {
  const requests = { own: 0, global: 0 };
  const answer = (client) => async () => {
    requests[client] += 1;
    return Response.json({ allowed: false, customer_id: "customer", balance: null, flag: null });
  };
  globalThis.fetch = answer("global");
  const httpClient = new HTTPClient({ fetcher: answer("own") });
  const autumn = new Autumn({ secretKey: "am_sk_test_1", httpClient, ...options });
  await autumn.check({ customerId: "customer", featureId: "exports" });
  return `own client ${requests.own}, global fetch ${requests.global}`;
}
const seen = `by default ${await requestsWith({})}; with failOpen: false ${await requestsWith({ failOpen: false })}`;
const expected = "by default own client 0, global fetch 1; with failOpen: false own client 1, global fetch 0";
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: 1 check each: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
