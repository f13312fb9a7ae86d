#!/usr/bin/env bash
# @better-auth/oauth-provider@1.7.5 with better-auth@1.7.6, Node 20.20.2, run 2026-11-30.
# Expected: a refresh token that is used twice ends the family that it belongs to, which its types define by the authorization code
# that produced it, and RFC 9700, section 4.14.2, asks no more. What another device has got by a login of its own goes on.
# It does: every refresh token of this user and this client is deleted, with the access tokens, from whatever login. Seen:
#   as stated: phone 200; phone again 400 invalid_grant; then laptop 400 invalid_grant, of 2 refresh tokens 0 are left
# Why it matters: the phone tries again because an answer was lost in a tunnel, and the laptop, the tablet and the browser at work
# are signed out as well.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @better-auth/oauth-provider@1.7.5 better-auth@1.7.6 \
  @better-auth/core@1.7.6 better-call@1.4.0
cat >check.mjs <<'EOF'
import { createHash } from "node:crypto";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { jwt } from "better-auth/plugins";

const now = new Date();
const expiresAt = new Date(now.getTime() + 30 * 86_400_000);
const stamps = { createdAt: now, updatedAt: now };
const scopes = ["openid", "offline_access"];
const toSession = (device) => ({ id: `session ${device}`, token: device, userId: "u1", expiresAt, ...stamps });
// As two logins leave them: each device has its own code, session and refresh token, of which the hash is stored.
const toRefreshToken = (device) => ({
  id: `refresh ${device}`, token: createHash("sha256").update(device).digest("base64url"), clientId: "app", userId: "u1",
  sessionId: `session ${device}`, authorizationCodeId: `code ${device}`, scopes, expiresAt, createdAt: now, revoked: null,
});
const client = {
  id: "c1", clientId: "app", name: "App", redirectUris: ["https://app.example/callback"], tokenEndpointAuthMethod: "none", public: true,
  type: "native", grantTypes: ["authorization_code", "refresh_token"], responseTypes: ["code"], scopes, disabled: false, ...stamps,
};
const devices = ["phone", "laptop"];
const db = {
  user: [{ id: "u1", name: "A", email: "a@example.com", emailVerified: true, ...stamps }], session: devices.map(toSession),
  account: [], verification: [], jwks: [], oauthClient: [client], oauthRefreshToken: devices.map(toRefreshToken),
  oauthAccessToken: [], oauthConsent: [], oauthResource: [], oauthClientResource: [],
};
const auth = betterAuth({
  baseURL: "https://app.example", secret: "a long secret of this example alone", database: memoryAdapter(db),
  logger: { disabled: true }, rateLimit: { enabled: false },
  plugins: [jwt(), oauthProvider({ loginPage: "/login", consentPage: "/consent", scopes })],
});
const refresh = async (refresh_token) => {
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token, client_id: "app" });
  const response = await auth.handler(new Request("https://app.example/api/auth/oauth2/token", { method: "POST", body }));
  return [response.status, (await response.json()).error].filter(Boolean).join(" ");
};
const answers = `phone ${await refresh("phone")}; phone again ${await refresh("phone")}; then laptop ${await refresh("laptop")}`;
const seen = `${answers}, of 2 refresh tokens ${db.oauthRefreshToken.length} are left`;
const stated = "phone 200; phone again 400 invalid_grant; then laptop 400 invalid_grant, of 2 refresh tokens 0 are left";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
