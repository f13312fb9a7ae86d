#!/usr/bin/env bash
# express-idempotency@1.0.6 with express@4.22.3, Node 20.20.2, run 2026-12-01.
# Expected: once a request is answered, the same one with the same key is given that answer, or is run again.
# It does: it hears of an answer by `send()`. One that is ended by `end()`, a redirect or a stream is in progress for ever, and each
# retry is refused with 409. Seen:
#   as stated: send: 200, 200 again; end: 204, 409 again; redirect: 303, 409 again; runs 3
# Why it matters: `res.status(204).end()` is how a deletion ends and a redirect how a checkout does: what the key was sent for, the retry
# after a lost answer, is an error.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts express-idempotency@1.0.6 express@4.22.3
cat >check.cjs <<'EOF'
const { once } = require("node:events");
const express = require("express");
const { getSharedIdempotencyService, idempotency } = require("express-idempotency");

let runs = 0;
const app = express();
app.use(idempotency());
const route = (path, answer) =>
  app.post(path, (request, response) => {
    // What the readme asks for: an answer that is replayed has been sent.
    if (getSharedIdempotencyService().isHit(request)) return;
    runs += 1;
    answer(response);
  });
route("/send", (response) => response.send("done"));
route("/end", (response) => response.status(204).end());
route("/redirect", (response) => response.redirect(303, "/elsewhere"));
app.use((_error, _request, response, _next) => response.end());
(async () => {
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = async (path) => {
    const url = `http://127.0.0.1:${server.address().port}${path}`;
    const { status } = await fetch(url, { method: "POST", redirect: "manual", headers: { "idempotency-key": path } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return status;
  };
  const seen = [];
  for (const path of ["/send", "/end", "/redirect"]) seen.push(`${path.slice(1)}: ${await ask(path)}, ${await ask(path)} again`);
  const text = `${seen.join("; ")}; runs ${runs}`;
  const asStated = text === "send: 200, 200 again; end: 204, 409 again; redirect: 303, 409 again; runs 3";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${text}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
NODE_ENV=test node check.cjs
