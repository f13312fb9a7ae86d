#!/usr/bin/env bash
# @creem_io/better-auth@1.2.0 with better-auth@1.7.6 and creem@1.13.0, Node 20.20.2, run 2026-11-30.
# Expected: `cancelSubscription({ id })` and `retrieveSubscription({ id })`, as in its examples, mean the subscription with this id;
# without an id, which need not be given where subscriptions are stored, they find one themselves.
# It does: there, and that is the default, an id that was given is replaced: by the first active subscription of the user when it
# cancels, by the first one of all when it reads. Seen:
#   as stated: asked for sub_addon: cancelled sub_plan, retrieved sub_old
# Why it matters: who gives up an add-on loses the plan, is told that all went well, and goes on paying for the add-on.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps @creem_io/better-auth@1.2.0 \
  creem@1.13.0 better-auth@1.7.6 @better-auth/core@1.7.6 better-call@1.4.0 zod@4
cat >check.mjs <<'EOF'
import { creem } from "@creem_io/better-auth";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";

// Creem's API, which is told what to cancel and what to give.
const asked = [];
globalThis.fetch = async (input, init) => {
  const { pathname, search } = new URL(input.url ?? input);
  asked.push(`${init?.method ?? input.method} ${pathname}${search}`);
  return Response.json({ error: "not looked at here" }, { status: 404 });
};
const toRow = (id, status) => ({ id, creemSubscriptionId: id, referenceId: "", productId: `prod_${id}`, status });
const rows = [toRow("sub_old", "canceled"), toRow("sub_plan", "active"), toRow("sub_addon", "active")];
const db = { user: [], session: [], account: [], verification: [], creem_subscription: rows };
const auth = betterAuth({
  baseURL: "https://app.example", secret: "a long secret of this example alone", database: memoryAdapter(db),
  logger: { disabled: true }, emailAndPassword: { enabled: true }, rateLimit: { enabled: false },
  plugins: [creem({ apiKey: "creem_of_this_example", testMode: true })],
});
const send = async (path, body, cookie = "") => {
  const headers = { "content-type": "application/json", origin: "https://app.example", cookie };
  const url = `https://app.example/api/auth${path}`;
  return await auth.handler(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
};
const signedUp = await send("/sign-up/email", { name: "A", email: "a@example.com", password: "a long password" });
const cookie = signedUp.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
for (const row of rows) row.referenceId = db.user[0].id;
await send("/creem/cancel-subscription", { id: "sub_addon" }, cookie);
await send("/creem/retrieve-subscription", { id: "sub_addon" }, cookie);
const [cancelled, retrieved] = asked.map((line) => /sub_\w+/.exec(line)?.[0]);
const seen = `cancelled ${cancelled}, retrieved ${retrieved}`;
const asStated = seen === "cancelled sub_plan, retrieved sub_old";
console.log(`${asStated ? "as stated" : "CHANGED"}: asked for sub_addon: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs 2>/dev/null
