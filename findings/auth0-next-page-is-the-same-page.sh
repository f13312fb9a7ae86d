#!/usr/bin/env bash
# auth0@7.1.0, Node 20.20.2, run 2026-11-29.
# Expected: getNextPage() returns another page, and the one in hand stays as it is.
# It does: it returns the same object with its rows replaced. Whoever collects pages and joins them later has the last page
# as many times as there were pages. A second `for await` over a page that was iterated gives only the last rows. Seen:
#   as stated: the same object, collected: u2, u2; expected u1, u2
# Why it matters: rows are lost and others counted twice, with the right number of rows where pages are equally long.
# The README shows `page = await page.getNextPage()`, which hides it; that the object is reused is not said.
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
answer = ({ searchParams }) => {
  const page = Number(searchParams.get("page"));
  return Response.json({ users: page < 2 ? [{ user_id: `u${page + 1}` }] : [], start: page, limit: 1, length: 1, total: 2 });
};
const first = await management.users.list({ per_page: 1 });
const second = await first.getNextPage();
const collected = [first, second].flatMap(({ data }) => data.map(({ user_id }) => user_id)).join(", ");
verdict(first === second && collected === "u2, u2",
  `${first === second ? "the same object" : "another object"}, collected: ${collected}; expected u1, u2`);
EOF
node check.mjs
