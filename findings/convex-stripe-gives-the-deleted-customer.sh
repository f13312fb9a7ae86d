#!/usr/bin/env bash
# @convex-dev/stripe@0.1.6 with convex@1.43.0 and convex-test@0.0.71, Node 20.20.2, run 2026-11-30.
# Expected: after Stripe's `customer.deleted`, getOrCreateCustomer() makes a new customer for the user at the next checkout.
# It does: the event takes email, name and metadata out of the row and keeps the row with its user. The user gets the deleted
# customer for ever, marked as not new, and nothing is asked of Stripe. Seen:
#   as stated: before cus_1, after customer.deleted cus_1, requests to Stripe 0
# Why it matters: Stripe refuses a checkout session for a deleted customer. Somebody whose customer was deleted in the dashboard
# can never pay again; the row has to be removed by hand.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @convex-dev/stripe@0.1.6 convex@1.43.0 convex-test@0.0.71
cat >check.mjs <<'EOF'
import { StripeSubscriptions, processEvent } from "@convex-dev/stripe";
import { convexTest } from "convex-test";
import { anyApi } from "convex/server";

const component = new URL("./node_modules/@convex-dev/stripe/dist/component/", import.meta.url);
const schema = (await import(new URL("schema.js", component).href)).default;
const files = ["public.js", "private.js", "_generated/api.js"];
const backend = convexTest(schema, Object.fromEntries(files.map((file) => [`./${file}`, () => import(new URL(file, component).href)])));
const ctx = { runQuery: (name, args) => backend.query(name, args), runMutation: (name, args) => backend.mutation(name, args) };

let requests = 0;
globalThis.fetch = async () => {
  requests += 1;
  return Response.json({ id: "cus_2", object: "customer" });
};
const stripe = new StripeSubscriptions(anyApi, { STRIPE_SECRET_KEY: "sk_test_x" });
const customerOf = async () => (await stripe.getOrCreateCustomer(ctx, { userId: "user_1", email: "ada@example.com" })).customerId;

const created = { id: "cus_1", object: "customer", email: "ada@example.com", name: "Ada", metadata: { userId: "user_1" } };
await processEvent(ctx, anyApi, { type: "customer.created", data: { object: created } });
const before = await customerOf();
await processEvent(ctx, anyApi, { type: "customer.deleted", data: { object: created } });
const after = await customerOf();
const seen = `before ${before}, after customer.deleted ${after}, requests to Stripe ${requests}`;
const asStated = seen === "before cus_1, after customer.deleted cus_1, requests to Stripe 0";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs </dev/null | grep -E '^(as stated|CHANGED)'
