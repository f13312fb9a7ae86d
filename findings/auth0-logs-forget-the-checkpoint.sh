#!/usr/bin/env bash
# auth0@7.1.0, Node 20.20.2, run 2026-11-29.
# Expected: `logs.list({ from, take })` reads the log after that entry. The method's own comment describes both parameters and
# advises them beyond 1,000 entries; so does the Management API.
# It does: both are dropped, as is `q`, and the first page of the newest entries is asked for instead, without an error.
# Seen:
#   as stated: GET /api/v2/logs?page=0&per_page=50&include_totals=true for from, take and q
# Why it matters: a log shipper that goes by checkpoints stores the same fifty entries again and again and misses the rest.
# TypeScript refuses the members in a literal; JavaScript and objects built elsewhere pass. Reported for the sisters
# (auth0.net issue 990, go-auth0 issue 812); for this SDK nothing was found. requestOptions.queryParams carries them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts auth0@7.1.0
cat >check.mjs <<'EOF'
import { ManagementClient } from "auth0";

let answer;
globalThis.fetch = async (url) => answer(new URL(url));
const management = new ManagementClient({ domain: "tenant.example", token: "t" });
const verdict = (asStated, what) => {
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${what}`);
  process.exit(asStated ? 0 : 1);
};
let asked;
answer = (url) => {
  asked = `${url.pathname}${url.search}`;
  return Response.json({ logs: [], start: 0, limit: 50, length: 0, total: 0 });
};
await management.logs.list({ from: "90020261129000000000000000000000000001", take: 100, q: "type:f" });
verdict(asked === "/api/v2/logs?page=0&per_page=50&include_totals=true", `GET ${asked} for from, take and q`);
EOF
node check.mjs
