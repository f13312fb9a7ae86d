#!/usr/bin/env bash
# @flowglad/server@0.18.0 with @flowglad/shared@0.18.0, Node 20.20.2, run 2026-11-30.
# Expected: `checkFeatureAccess(slug)` says whether the customer has the feature, and the id of a subscription, as the documentation
# puts it, optionally refines the result to that one. An organization may allow several subscriptions for one customer.
# It does: without the id only the first subscription of the list is looked at, and so with `checkUsageBalance`. Seen:
#   as stated: two subscriptions: feature of the first true, of the second false, with its id true; balance of the second null
# Why it matters: the customer who buys an add-on as a subscription of its own pays for a feature that the application denies.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps @flowglad/server@0.18.0 \
  @flowglad/shared@0.18.0 @flowglad/node@0.29.0
cat >check.mjs <<'EOF'
import { FlowgladServer } from "@flowglad/server";

const subscription = (id, slug) => ({
  id,
  status: "active",
  experimental: {
    featureItems: [{ type: "toggle", slug, name: slug }],
    usageMeterBalances: [{ slug: `${slug}-meter`, availableBalance: 5 }],
  },
});
const currentSubscriptions = [subscription("sub_1", "seats"), subscription("sub_2", "exports")];
const billing = { currentSubscriptions, pricingModel: { products: [] }, purchases: [] };
globalThis.fetch = async (input) => {
  const url = String(input.url ?? input);
  return Response.json(url.endsWith("/billing") ? billing : { customer: { id: "cust_1", externalId: "user_1" } });
};
const getCustomerDetails = async () => ({ email: "ada@app.example", name: "Ada" });
const server = new FlowgladServer({ apiKey: "sk_test_1", customerExternalId: "user_1", getCustomerDetails });
const { checkFeatureAccess, checkUsageBalance } = await server.getBilling();
const first = checkFeatureAccess("seats");
const second = checkFeatureAccess("exports");
const named = checkFeatureAccess("exports", { subscriptionId: "sub_2" });
const balance = checkUsageBalance("exports-meter");
const seen = `feature of the first ${first}, of the second ${second}, with its id ${named}; balance of the second ${balance}`;
const expected = "feature of the first true, of the second false, with its id true; balance of the second null";
const asStated = seen === expected;
console.log(`${asStated ? "as stated" : "CHANGED"}: two subscriptions: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
