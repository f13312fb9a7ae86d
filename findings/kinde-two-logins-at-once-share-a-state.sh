#!/usr/bin/env bash
# @kinde-oss/kinde-typescript-sdk@2.15.1, Node 20.20.2, run 2026-11-30.
# Expected: two users who begin to log in at the same moment get each an address with a state of their own, the one that is in their
# session. The client is made once for the server, as the documentation shows it.
# It does: the state is kept on the client while the session is written. With a session that is written asynchronously, as in Redis,
# the second login replaces the state of the first, whose address then has the other's. Seen:
#   as stated: two logins at once: AUTHORIZATION_CODE 1 of 2 states is that of the session, PKCE 1 of 2, one after the other 2 of 2
# Why it matters: under load logins fail with "State mismatch", never in a test, and the user who tries again is let in.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @kinde-oss/kinde-typescript-sdk@2.15.1
cat >check.mjs <<'EOF'
import { setTimeout as later } from "node:timers/promises";
import { createKindeServerClient, GrantType } from "@kinde-oss/kinde-typescript-sdk";

const config = {
  authDomain: "https://app.kinde.example",
  clientId: "client",
  clientSecret: "0123456789abcdef0123456789abcdef0123456789abcdef01",
  redirectURL: "https://app.example/callback",
  logoutRedirectURL: "https://app.example",
};
const clientOf = (grant) => createKindeServerClient(grant, config);

class Session {
  items = new Map();
  async getSessionItem(key) {
    await later(1);
    return this.items.get(key) ?? null;
  }
  async setSessionItem(key, value) {
    await later(1);
    this.items.set(key, value);
  }
  async removeSessionItem(key) {
    this.items.delete(key);
  }
  async destroySession() {
    this.items.clear();
  }
}
function ownStates(sessions, addresses) {
  const own = addresses.filter((address, index) => {
    const state = address.searchParams.get("state");
    return [...sessions[index].items].some(([key, value]) => value === state || key.endsWith(state));
  });
  return `${own.length} of ${addresses.length}`;
}
async function atOnce(grant) {
  const kinde = clientOf(grant);
  const sessions = [new Session(), new Session()];
  return ownStates(sessions, await Promise.all(sessions.map((session) => kinde.login(session))));
}
async function oneAfterTheOther() {
  const kinde = clientOf(GrantType.AUTHORIZATION_CODE);
  const sessions = [new Session(), new Session()];
  const addresses = [];
  for (const session of sessions) addresses.push(await kinde.login(session));
  return ownStates(sessions, addresses);
}
const [code, pkce] = [await atOnce(GrantType.AUTHORIZATION_CODE), await atOnce(GrantType.PKCE)];
const seen = `AUTHORIZATION_CODE ${code} states is that of the session, PKCE ${pkce}, one after the other ${await oneAfterTheOther()}`;
const expected = "AUTHORIZATION_CODE 1 of 2 states is that of the session, PKCE 1 of 2, one after the other 2 of 2";
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: two logins at once: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
