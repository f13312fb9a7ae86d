#!/usr/bin/env bash
# @supabase/stripe-sync-engine@0.48.5 with stripe@20.4.1, Node 20.20.2, run 2026-11-30.
# Expected: of two events of one subscription, delivered in the order in which they were made, the table holds the second.
# It does: a row is written over only where the event's `created` is later than the row's, and `created` is whole seconds. Of
# events of one second the first one stays for good; only an event of a later second, or a new read, mends it. Seen:
#   as stated: a second apart: active; in one second: incomplete
# Why it matters: a first payment makes customer.subscription.created (incomplete) and customer.subscription.updated (active)
# within a second, so whoever just paid is not a subscriber in the database, for a month.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts \
  @supabase/stripe-sync-engine@0.48.5 stripe@20.4.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17
cat >check.mjs <<'EOF'
import { createRequire } from "node:module";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import Stripe from "stripe";

const { runMigrations, StripeSync } = createRequire(import.meta.url)("@supabase/stripe-sync-engine");
const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0 });
await server.start();
const databaseUrl = `postgres://postgres@${server.getServerConn()}/postgres`;
await runMigrations({ schema: "stripe", databaseUrl });
const secret = "whsec_example";
const sync = new StripeSync({ databaseUrl, stripeSecretKey: "sk_test_example", stripeWebhookSecret: secret, maxPostgresConnections: 1 });

async function deliver(type, id, status, created) {
  const object = { id, object: "subscription", customer: "cus_1", status, created, items: { object: "list", data: [], has_more: false } };
  const payload = JSON.stringify({ id: `evt_${id}_${status}`, object: "event", type, created, data: { object } });
  await sync.processWebhook(payload, Stripe.webhooks.generateTestHeaderString({ payload, secret }));
}
async function pay(id, seconds) {
  const now = Math.floor(Date.now() / 1000) - 60;
  await deliver("customer.subscription.created", id, "incomplete", now);
  await deliver("customer.subscription.updated", id, "active", now + seconds);
  const { rows } = await db.query(`select status from stripe.subscriptions where id = $1`, [id]);
  return rows[0]?.status;
}
const seen = `a second apart: ${await pay("sub_1", 1)}; in one second: ${await pay("sub_2", 0)}`;
const asStated = seen === "a second apart: active; in one second: incomplete";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
