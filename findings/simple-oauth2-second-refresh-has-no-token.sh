#!/usr/bin/env bash
# simple-oauth2@5.1.0, Node 20.20.2, run 2026-11-30.
# Expected: a refresh whose answer has no refresh token, as Auth0 answers without rotation, keeps the one there is (RFC 6749, 6).
# It does: the line that 5.1.0 added to keep it reads it from the wrong object, so it is gone after the first refresh, and nothing is
# said. A reader says so below pull request 434 of its repository, and no release came after. Seen:
#   as stated: the refresh token "r" at two refreshes: first "r", second ""
# Why it matters: each user is logged out when the second access token ends, hours after the login instead of weeks.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts simple-oauth2@5.1.0
cat >check.cjs <<'EOF'
const { once } = require("node:events");
const http = require("node:http");
const { AuthorizationCode } = require("simple-oauth2");

const asked = [];
const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  asked.push(new URLSearchParams(body).get("refresh_token"));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ access_token: "a", token_type: "Bearer", expires_in: 3_600 }));
});
(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const tokenHost = `http://127.0.0.1:${server.address().port}`;
  const client = new AuthorizationCode({ client: { id: "client", secret: "x" }, auth: { tokenHost } });
  const login = client.createToken({ access_token: "a", refresh_token: "r", expires_in: 3_600 });
  const first = await login.refresh();
  await first.refresh();
  const seen = `first ${JSON.stringify(asked[0])}, second ${JSON.stringify(asked[1])}`;
  const asStated = seen === 'first "r", second ""';
  console.log(`${asStated ? "as stated" : "CHANGED"}: the refresh token "r" at two refreshes: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs
