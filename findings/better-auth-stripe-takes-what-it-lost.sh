#!/usr/bin/env bash
# @better-auth/stripe@1.7.6 with better-auth@1.7.6 and stripe@22.6.2, Node 20.20.2, run 2026-11-30.
# Expected: a webhook whose event could not be stored, because the database was away for a moment, is answered with an error, so that
# Stripe sends it again.
# It does: every handler catches its own errors and logs them, and the answer is 200 {"success":true}. Stripe holds the event for
# delivered. Seen:
#   as stated: database away: answered 200, stored active; database back: 0 further deliveries due
# Why it matters: a cancellation or a payment that falls into a restart of the database is lost for good.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @better-auth/stripe@1.7.6 better-auth@1.7.6 \
  @better-auth/core@1.7.6 better-call@1.4.0 stripe@22.6.2
cat >check.mjs <<'EOF'
import { stripe } from "@better-auth/stripe";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import Stripe from "stripe";

const client = new Stripe("sk_test_x");
const stripeWebhookSecret = "whsec_of_this_example";
const now = new Date();
const db = {
  user: [{ id: "u1", name: "A", email: "a@example.com", emailVerified: true, stripeCustomerId: "cus_1", createdAt: now, updatedAt: now }],
  subscription: [{
    id: "row", plan: "pro", referenceId: "u1", stripeCustomerId: "cus_1", stripeSubscriptionId: "sub_1", status: "active",
  }],
  session: [], account: [], verification: [],
};
// A database that is away for as long as `isAway`.
let isAway = false;
const memory = memoryAdapter(db);
const database = (options) => {
  const adapter = memory(options);
  const findOne = async (...values) => {
    if (isAway && values[0].model === "subscription") throw new Error("connection refused");
    return adapter.findOne(...values);
  };
  return { ...adapter, findOne };
};
const auth = betterAuth({
  baseURL: "https://app.example", secret: "a long secret of this example alone", database, logger: { disabled: true },
  plugins: [stripe({
    stripeClient: client, stripeWebhookSecret, subscription: { enabled: true, plans: [{ name: "pro", priceId: "price_pro" }] },
  })],
});
const toSubscription = (id, status) => ({
  id, object: "subscription", customer: "cus_1", status, metadata: {}, cancel_at_period_end: false, cancel_at: null, canceled_at: null,
  ended_at: null, trial_start: null, trial_end: null,
  items: {
    data: [{
      id: `si_${id}`, quantity: 1, current_period_start: 1_796_000_000, current_period_end: 1_798_600_000,
      price: { id: "price_pro", recurring: { interval: "month" } },
    }],
  },
});
const send = async (event) => {
  const payload = JSON.stringify({ object: "event", api_version: "2026-10-01", ...event, data: { object: event.subscription } });
  const headers = {
    "content-type": "application/json",
    "stripe-signature": client.webhooks.generateTestHeaderString({ payload, secret: stripeWebhookSecret }),
  };
  const request = new Request("https://app.example/api/auth/stripe/webhook", { method: "POST", headers, body: payload });
  return (await auth.handler(request)).status;
};
isAway = true;
const deleted = { id: "evt_1", type: "customer.subscription.deleted", created: 1_000, subscription: toSubscription("sub_1", "canceled") };
const status = await send(deleted);
isAway = false;
const [{ status: stored }] = db.subscription;
// Stripe repeats what was not answered with a 2xx, and nothing else.
const due = status >= 200 && status < 300 ? 0 : 1;
await send({ ...deleted, id: "evt_2" });
const works = db.subscription[0].status === "canceled";
const seen = `database away: answered ${status}, stored ${stored}; database back: ${due} further deliveries due`;
const asStated = works && seen === "database away: answered 200, stored active; database back: 0 further deliveries due";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
