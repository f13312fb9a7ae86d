#!/usr/bin/env bash
# elysia-rate-limit@4.6.3 with elysia@1.4.30, Node 20.20.2, run 2026-11-30.
# Expected: an application with two limits, one for each user and one for each organization, keeps both, whatever their numbers are.
# It does: a limit is known to Elysia by its `max` and its `duration` alone, and of two plugins with one name Elysia takes the
# first. With equal numbers the second limit, its `generator` and its `skip` are gone, without a word. Seen:
#   as stated: 6 users of one organization served: 3 in 60000 and 60001 ms: 3; 3 in 60000 ms twice: 6
# Why it matters: on the day on which somebody sets both limits to the same number, one of them is off.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts elysia@1.4.30 elysia-rate-limit@4.6.3
cat >check.mjs <<'EOF'
import { Elysia } from "elysia";
import { rateLimit } from "elysia-rate-limit";

const limitBy = (header, duration) =>
  rateLimit({ max: 3, duration, scoping: "global", generator: (request) => request.headers.get(header) });
const count = async (duration) => {
  const app = new Elysia().use(limitBy("x-user", 60_000)).use(limitBy("x-organization", duration)).get("/", () => "served");
  let served = 0;
  for (let user = 0; user < 6; user += 1) {
    const headers = { "x-user": `user ${user}`, "x-organization": "organization" };
    if ((await app.handle(new Request("http://localhost/", { headers }))).status === 200) served += 1;
  }
  return served;
};
const seen = `3 in 60000 and 60001 ms: ${await count(60_001)}; 3 in 60000 ms twice: ${await count(60_000)}`;
const asStated = seen === "3 in 60000 and 60001 ms: 3; 3 in 60000 ms twice: 6";
console.log(`${asStated ? "as stated" : "CHANGED"}: 6 users of one organization served: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
