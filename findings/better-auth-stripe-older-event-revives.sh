#!/usr/bin/env bash
# @better-auth/stripe@1.7.6 with better-auth@1.7.6 and stripe@22.6.2, Node 20.20.2, run 2026-11-30.
# Expected: a subscription that has been deleted stays so when an older event of it arrives after the deletion. Stripe says that it
# does not promise the order of events, and sends again for days what was not taken at once.
# It does: each event is written over what is stored, its age (`created`) is not looked at; the cancelled customer is active again,
# and no later event follows that could mend it. Seen:
#   as stated: after the deletion canceled; after the older event active; both answered 200
# Why it matters: who has cancelled keeps what was paid for, for good, and nobody is told.
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
const database = memoryAdapter(db);
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
const deleted = { id: "evt_2", type: "customer.subscription.deleted", created: 2_000, subscription: toSubscription("sub_1", "canceled") };
const older = { id: "evt_1", type: "customer.subscription.updated", created: 1_000, subscription: toSubscription("sub_1", "active") };
const statuses = [await send(deleted)];
const first = db.subscription[0].status;
statuses.push(await send(older));
const second = db.subscription[0].status;
const seen = `after the deletion ${first}; after the older event ${second}; both answered ${[...new Set(statuses)].join()}`;
const expected = "after the deletion canceled; after the older event active; both answered 200";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
