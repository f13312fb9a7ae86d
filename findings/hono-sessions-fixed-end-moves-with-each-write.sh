#!/usr/bin/env bash
# hono-sessions@0.8.1 with hono@4.13.19, Node 20.20.2, run 2026-11-30.
# Expected: with `autoExtendExpiration: false` a session ends `expireAfterSeconds` after it began, however much it is used.
# It does: a request that writes to the session, or reads a flash message, moves the end as if the option were on. Seen:
#   as stated: a session of 60 minutes, after 50, 100 and 150: pages that read: ada, nobody, nobody; pages that write: ada, ada, ada
# Why it matters: an application that counts or notes something at each request has sessions without an end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps hono-sessions@0.8.1 hono@4.13.19
cat >check.mjs <<'EOF'
import { Hono } from "hono";
import { MemoryStore, sessionMiddleware } from "hono-sessions";

const RealDate = Date;
let now = RealDate.UTC(2026, 0, 1);
globalThis.Date = class extends RealDate {
  constructor(...values) {
    super(...(values.length ? values : [now]));
  }
  static now() {
    return now;
  }
};
async function usersSeen(write) {
  const app = new Hono();
  app.use("*", sessionMiddleware({ store: new MemoryStore(), expireAfterSeconds: 3_600, autoExtendExpiration: false }));
  app.get("/login", (c) => {
    c.get("session").set("user", "ada");
    return c.text("");
  });
  app.get("/page", (c) => {
    const session = c.get("session");
    if (write) session.set("pages", (session.get("pages") ?? 0) + 1);
    return c.text(session.get("user") ?? "nobody");
  });
  const login = await app.request("http://127.0.0.1/login");
  const cookie = login.headers.getSetCookie()[0].split(";")[0];
  const users = [];
  for (let page = 0; page < 3; page += 1) {
    now += 50 * 60_000;
    users.push(await (await app.request("http://127.0.0.1/page", { headers: { cookie } })).text());
  }
  return users.join(", ");
}
const seen = `pages that read: ${await usersSeen(false)}; pages that write: ${await usersSeen(true)}`;
const asStated = seen === "pages that read: ada, nobody, nobody; pages that write: ada, ada, ada";
console.log(`${asStated ? "as stated" : "CHANGED"}: a session of 60 minutes, after 50, 100 and 150: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
