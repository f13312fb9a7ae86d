#!/usr/bin/env bash
# @better-auth/api-key@1.7.5 with better-auth@1.7.6, Node 20.20.2, run 2026-11-30.
# Expected: with `enableSessionForAPIKeys`, the session of a key that never expires ends when a session of this server ends:
# `session.expiresIn` is documented in seconds, with seven days as its default.
# It does: the seconds are read as milliseconds, so each such session says that it ends in ten minutes; one of thirty days says
# forty-three minutes. A session of a login on the same server lasts as set. Seen:
#   as stated: default: 604800 s at a login, 604.8 s with a key; 30 days: 2592000 s at a login, 2592 s with a key
# Why it matters: a client that plans by `expiresAt` asks for a new session all day long, or gives the key up as expired.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @better-auth/api-key@1.7.5 better-auth@1.7.6 \
  @better-auth/core@1.7.6 better-call@1.4.0
cat >check.mjs <<'EOF'
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";

const toSeconds = ({ createdAt, expiresAt }) => Math.round((new Date(expiresAt) - new Date(createdAt)) / 100) / 10;
const measure = async (expiresIn) => {
  const db = { user: [], session: [], account: [], verification: [], apikey: [] };
  const auth = betterAuth({
    baseURL: "https://app.example", secret: "a long secret of this example alone", database: memoryAdapter(db),
    logger: { disabled: true }, session: { expiresIn }, emailAndPassword: { enabled: true },
    plugins: [apiKey({ enableSessionForAPIKeys: true })],
  });
  const { user } = await auth.api.signUpEmail({ body: { name: "A", email: "a@example.com", password: "a long password" } });
  const { key } = await auth.api.createApiKey({ body: { userId: user.id } });
  const { session } = await auth.api.getSession({ headers: new Headers({ "x-api-key": key }) });
  return `${toSeconds(db.session[0])} s at a login, ${toSeconds(session)} s with a key`;
};
const seen = `default: ${await measure()}; 30 days: ${await measure(30 * 24 * 3600)}`;
const stated = "default: 604800 s at a login, 604.8 s with a key; 30 days: 2592000 s at a login, 2592 s with a key";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
