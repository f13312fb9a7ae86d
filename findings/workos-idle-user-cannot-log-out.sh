#!/usr/bin/env bash
# @workos-inc/node@11.0.0 with jose@6.1.3, Node 20.20.2, run 2026-11-30.
# Expected: `session.getLogoutUrl()` gives the address at which the user's session ends, as long as the session's cookie is good. Its
# id is in the access token, whose age does not matter for it.
# It does: it authenticates first. The access token lasts five minutes by default, and after that the call throws, while the same
# session can still be refreshed for weeks. Seen:
#   as stated: fresh token: an address with the session's id; token over a minute ago: Error invalid_jwt
# Why it matters: who comes back to an open tab and presses "Log out" gets an error and stays logged in.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @workos-inc/node@11.0.0 jose@6.1.3
cat >check.mjs <<'EOF'
import { WorkOS } from "@workos-inc/node";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

const { publicKey, privateKey } = await generateKeyPair("RS256");
const keys = [{ ...(await exportJWK(publicKey)), kid: "key", alg: "RS256", use: "sig" }];
const cookiePassword = "a password of this check, thirty-two characters at least";
const now = Math.floor(Date.now() / 1000);
const tokenUntil = (exp) =>
  new SignJWT({ sid: "session_1", sub: "user_1" })
    .setProtectedHeader({ alg: "RS256", kid: "key" })
    .setIssuedAt(exp - 300)
    .setExpirationTime(exp)
    .sign(privateKey);

async function logoutUrlWith(accessToken) {
  const user = { object: "user", id: "user_1", email: "ada@app.example" };
  globalThis.fetch = async (input) => {
    const login = { access_token: accessToken, refresh_token: "r", user };
    return Response.json(String(input.url ?? input).includes("/jwks/") ? { keys } : login);
  };
  const workos = new WorkOS("sk_test_1", { clientId: "client_1" });
  const session = { sealSession: true, cookiePassword };
  const { sealedSession } = await workos.userManagement.authenticateWithCode({ clientId: "client_1", code: "c", session });
  const loaded = workos.userManagement.loadSealedSession({ sessionData: sealedSession, cookiePassword });
  try {
    const id = new URL(await loaded.getLogoutUrl()).searchParams.get("session_id");
    return id === "session_1" ? "an address with the session's id" : `an address with ${id}`;
  } catch (error) {
    return `Error ${error.message.split(": ").at(-1)}`;
  }
}
const fresh = await logoutUrlWith(await tokenUntil(now + 240));
const over = await logoutUrlWith(await tokenUntil(now - 60));
const seen = `fresh token: ${fresh}; token over a minute ago: ${over}`;
const asStated = seen === "fresh token: an address with the session's id; token over a minute ago: Error invalid_jwt";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
