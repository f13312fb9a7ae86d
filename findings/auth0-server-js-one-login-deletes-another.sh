#!/usr/bin/env bash
# @auth0/auth0-server-js@1.12.1, Node 20.20.2, run 2026-11-30.
# Expected: two applications under one host, each with a `stateIdentifier` of its own for its cookies, have sessions of their own.
# It does: with the cookie store a session's cookies are all whose names begin with its identifier. Where one identifier begins
# with the other, such as the default __a0_session and __a0_session_admin, a login in the first deletes the cookies of the second,
# and a login in the second makes the first's session unreadable. Seen:
#   as stated: after shop and shop_admin: shop undefined, shop_admin a session; after shop again: shop a session, shop_admin undefined
# Why it matters: people are logged out of one tool whenever they use the other, with nothing in any log.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1
cat >check.mjs <<'EOF'
import { ServerClient, StatelessStateStore } from "@auth0/auth0-server-js";

const cookies = new Map();
const handler = {
  setCookie: (name, value) => void cookies.set(name, value),
  getCookie: (name) => cookies.get(name),
  getCookies: () => Object.fromEntries(cookies),
  deleteCookie: (name) => void cookies.delete(name),
};
const createApplication = (stateIdentifier) => {
  const stateStore = new StatelessStateStore({ secret: `a long secret of the example ${stateIdentifier}` }, handler);
  const transactionStore = { get: async () => undefined, set: async () => {}, delete: async () => {} };
  const client = new ServerClient({
    domain: "tenant.example", clientId: stateIdentifier, clientSecret: "x", stateIdentifier, stateStore, transactionStore,
  });
  const createdAt = Math.floor(Date.now() / 1000);
  return {
    logIn: () => stateStore.set(stateIdentifier, { user: { sub: "auth0|1" }, tokenSets: [], internal: { sid: "s", createdAt } }, true),
    read: async () => ((await client.getSession()) ? "a session" : "undefined"),
  };
};
const shop = createApplication("shop");
const admin = createApplication("shop_admin");
const read = async () => `shop ${await shop.read()}, shop_admin ${await admin.read()}`;
await shop.logIn();
await admin.logIn();
const both = await read();
await shop.logIn();
const seen = `after shop and shop_admin: ${both}; after shop again: ${await read()}`;
const expected =
  "after shop and shop_admin: shop undefined, shop_admin a session; after shop again: shop a session, shop_admin undefined";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
