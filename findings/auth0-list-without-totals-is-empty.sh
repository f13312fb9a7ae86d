#!/usr/bin/env bash
# auth0@7.1.0, Node 20.20.2, run 2026-11-29.
# Expected: `users.list({ include_totals: false })` gives the users without a total. The parameter's own comment in the types
# says that false returns the results as a direct array, which is what the Management API does.
# It does: the pager looks for the member `users`, which an array does not have: the page is empty, has no next page, and no
# error is thrown. auth0-python 6.8 raises a parsing error for the same answer. Seen:
#   as stated: include_totals false -> 0 of 2 users, true -> 2 of 2
# Why it matters: whoever leaves the total out to save time on a large tenant works on no users and is told of success.
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
const users = [{ user_id: "auth0|1" }, { user_id: "auth0|2" }];
answer = ({ searchParams }) =>
  Response.json(searchParams.get("include_totals") === "false" ? users : { users, start: 0, limit: 50, length: 2, total: 2 });
const without = (await management.users.list({ include_totals: false })).data.length;
const withTotal = (await management.users.list({ include_totals: true })).data.length;
verdict(without === 0 && withTotal === 2, `include_totals false -> ${without} of 2 users, true -> ${withTotal} of 2`);
EOF
node check.mjs
