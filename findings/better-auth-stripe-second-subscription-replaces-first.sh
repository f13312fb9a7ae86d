#!/usr/bin/env bash
# @better-auth/stripe@1.7.6 with better-auth@1.7.6 and stripe@22.6.2, Node 20.20.2, run 2026-11-30.
# Expected: an event of a subscription that the application does not know, made in Stripe's dashboard, is stored as one more, or not.
# It does: it is written over the customer's only other subscription, its id and its status too. A second one that is incomplete,
# because its first payment waits for a bank, takes the first one's access away; the first's own events then find nothing. Seen:
#   as stated: before sub_1 active; after an event of sub_2: 1 row, sub_2 incomplete
# Why it matters: a customer who pays every month is locked out because somebody added a second subscription.
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
const render = () => db.subscription.map(({ stripeSubscriptionId: id, status }) => `${id} ${status}`).join(", ");
const before = render();
await send({ id: "evt_1", type: "customer.subscription.updated", created: 1_000, subscription: toSubscription("sub_2", "incomplete") });
const seen = `before ${before}; after an event of sub_2: ${db.subscription.length} row, ${render()}`;
const expected = "before sub_1 active; after an event of sub_2: 1 row, sub_2 incomplete";
console.log(`${seen === expected ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === expected ? 0 : 1);
EOF
node check.mjs
