#!/usr/bin/env bash
# @auth0/auth0-server-js@1.12.1, Node 20.20.2, run 2026-11-30.
# Expected: a session cookie whose time is over is no session, like one that cannot be decrypted: getSession() gives undefined.
# It does: a cookie that cannot be read is undefined, an expired one throws jose's JWTExpired out of getSession(), getUser() and
# getAccessToken(), with both stores. Seen:
#   as stated: unreadable cookie: undefined; expired cookie: stateless JWTExpired, stateful JWTExpired
# Why it matters: browsers drop the cookie by their own clock; where that runs behind the server's, and with clients that keep
# cookies, the visitor gets the error page of the server instead of a login, and again at every request.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1
cat >check.mjs <<'EOF'
import { ServerClient, StatefulStateStore, StatelessStateStore } from "@auth0/auth0-server-js";

const cookies = new Map();
const handler = {
  setCookie: (name, value) => void cookies.set(name, value),
  getCookie: (name) => cookies.get(name),
  getCookies: () => Object.fromEntries(cookies),
  deleteCookie: (name) => void cookies.delete(name),
};
const rows = new Map();
const store = {
  get: async (id) => rows.get(id), set: async (id, value) => void rows.set(id, value), delete: async (id) => void rows.delete(id),
};
const secret = "a long secret of this example alone";
const stores = {
  stateless: new StatelessStateStore({ secret }, handler),
  stateful: new StatefulStateStore({ secret, store }, handler),
};
const RealDate = Date;
const moveClock = (ms) => {
  globalThis.Date = class extends RealDate {
    constructor(...values) {
      super(...(values.length ? values : [RealDate.now() + ms]));
    }
    static now() {
      return RealDate.now() + ms;
    }
  };
};
const HOURS = 3_600_000;
const read = async (stateStore) => {
  const transactionStore = { get: async () => undefined, set: async () => {}, delete: async () => {} };
  const client = new ServerClient({ domain: "tenant.example", clientId: "client", clientSecret: "x", stateStore, transactionStore });
  return client.getSession().then((session) => (session === undefined ? "undefined" : "a session"), (error) => error.constructor.name);
};
const seen = {};
for (const [name, stateStore] of Object.entries(stores)) {
  cookies.clear();
  const createdAt = Math.floor(Date.now() / 1000);
  await stateStore.set("__a0_session", { user: { sub: "auth0|1" }, tokenSets: [], internal: { sid: "s", createdAt } });
  seen.fresh = await read(stateStore);
  const good = new Map(cookies);
  // A day and a half later; a session without use ends after one day.
  moveClock(36 * HOURS);
  seen[name] = await read(stateStore);
  globalThis.Date = RealDate;
  for (const [key, value] of good) cookies.set(key, value.replace(/^.{40}/, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0."));
  seen.unreadable = await read(stateStore);
}
const text = `unreadable cookie: ${seen.unreadable}; expired cookie: stateless ${seen.stateless}, stateful ${seen.stateful}`;
const expected = "unreadable cookie: undefined; expired cookie: stateless JWTExpired, stateful JWTExpired";
const asStated = seen.fresh === "a session" && text === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: ${text}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
