#!/usr/bin/env bash
# @better-auth/api-key@1.7.5 with better-auth@1.7.6, Node 20.20.2, run 2026-11-30.
# Expected: a request that is refused because its key asks too often uses none of the prepaid requests (`remaining`) of the key,
# whatever storage the keys are kept in.
# It does: with the default, the database, the prepaid request is taken first and the rate is looked at afterwards, so each 429 is
# paid for; with the secondary storage alone it is not. Seen:
#   as stated: of 100 prepaid requests, after 2 served and 8 refused: database 90, secondary-storage 98
# Why it matters: a client that tries again while it is limited spends what its owner has paid for, and is served nothing.
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

const now = new Date();
const user = { id: "u1", name: "A", email: "a@example.com", emailVerified: true, createdAt: now, updatedAt: now };
const count = async (storage) => {
  const db = { user: [user], session: [], account: [], verification: [], apikey: [] };
  const kept = new Map();
  const secondaryStorage = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    delete: (key) => void kept.delete(key),
  };
  const auth = betterAuth({
    baseURL: "https://app.example", secret: "a long secret of this example alone", database: memoryAdapter(db),
    logger: { disabled: true }, secondaryStorage, plugins: [apiKey({ storage })],
  });
  const { key, id } = await auth.api.createApiKey({
    body: { userId: "u1", remaining: 100, rateLimitMax: 2, rateLimitTimeWindow: 3_600_000 },
  });
  let [served, refused] = [0, 0];
  for (let request = 0; request < 10; request += 1) {
    const { valid, error } = await auth.api.verifyApiKey({ body: { key } });
    if (valid) served += 1;
    else if (error.code === "RATE_LIMITED") refused += 1;
  }
  const row = storage === "database" ? db.apikey[0] : JSON.parse(kept.get(`api-key:by-id:${id}`));
  return { answers: `${served} served and ${refused} refused`, left: `${storage} ${row.remaining}` };
};
const [first, second] = [await count("database"), await count("secondary-storage")];
const seen = `${first.answers === second.answers ? first.answers : "differently"}: ${first.left}, ${second.left}`;
const asStated = seen === "2 served and 8 refused: database 90, secondary-storage 98";
console.log(`${asStated ? "as stated" : "CHANGED"}: of 100 prepaid requests, after ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
