#!/usr/bin/env bash
# auth0@7.1.0, Node 20.20.2, run 2026-11-29.
# Expected: a 200 that is not JSON, the login page of a proxy say, rejects the call, as auth0-python 6.8 does.
# It does: the call resolves. users.get() gives an object that describes the failure as if it were the user; users.list()
# gives an empty page; a 302 gives undefined. Seen:
#   as stated: get {"ok":false,"reason":"non-json"}, list [], 302 undefined
# Why it matters: "there are no users" and "the user has no metadata" are what the caller reads, and a tool that creates
# what is missing starts to create. The README's section on errors speaks of thrown errors only.
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
answer = () => new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } });
const user = await management.users.get("auth0|1").catch(() => ({}));
const page = await management.users.list().catch(() => ({}));
answer = () => new Response("", { status: 302, headers: { location: "https://proxy.example/" } });
const moved = await management.users.get("auth0|1").catch((error) => error.name);
verdict(user.ok === false && user.error?.reason === "non-json" && page.data?.length === 0 && moved === undefined,
  `get ${JSON.stringify({ ok: user.ok, reason: user.error?.reason })}, list ${JSON.stringify(page.data)}, 302 ${moved}`);
EOF
node check.mjs
