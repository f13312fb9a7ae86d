#!/usr/bin/env bash
# stripe@23.1.0, Node 20.20.2, run 2026-11-29.
# Expected: `for await` over a list that was kept in a variable starts at its beginning, as arrays, sets and promises do.
# It does: all loops share one position. A second loop over the same list is empty, without an error and without a request;
# after a `break`, the next loop goes on where the first stopped. Seen:
#   as stated: first 3, second 0; after a break at 1, the next loop sees 2
# Why it matters: a check that counts and then works on the same list ("are there any? then sync them") works on nothing
# and reports success. The README's section on auto-pagination does not mention it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts stripe@23.1.0
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import Stripe from "stripe";

const seen = [];
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk)).on("end", () => {
    seen.push(`${request.method} ${request.url}${body && ` ${body}`}`);
    const { status = 200, ...json } = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
const stripe = new Stripe("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const verdict = (asStated, what) => {
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${what}`);
  process.exit(asStated ? 0 : 1);
};
const rows = ["cus_3", "cus_2", "cus_1"].map((id) => ({ id, object: "customer" }));
const answer = ({ url }) => {
  const after = new URL(url, "http://x").searchParams.get("starting_after");
  const from = rows.findIndex(({ id }) => id === after) + 1;
  return { object: "list", url: "/v1/customers", has_more: from + 2 < rows.length, data: rows.slice(from, from + 2) };
};
const count = async (list, most = Infinity) => {
  let n = 0;
  for await (const _ of list) if (++n === most) break;
  return n;
};
const list = stripe.customers.list({ limit: 2 });
const [first, second] = [await count(list), await count(list)];
const other = stripe.customers.list({ limit: 2 });
const [stopped, next] = [await count(other, 1), await count(other)];
verdict(first === 3 && second === 0 && stopped === 1 && next === 2,
  `first ${first}, second ${second}; after a break at ${stopped}, the next loop sees ${next}`);
EOF
node check.mjs
