import { createBilling } from "../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";

/** How often Stripe is asked for 10,000 requests of 50 customers, spread over a day. */
export async function countStripeReads(): Promise<{ readonly requests: number; readonly reads: number }> {
  const requests = 10_000;
  const day = 86_400_000;
  let now = 0;
  const billing = createBilling({
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
    source: {
      readSubscriptions: async () => ({ value: [{ status: "active", products: ["prod_1"] }], reads: 1 }),
      readCustomers: async () => ({ value: [], reads: 1 }),
      readProducts: async () => ({ value: new Map([["get:reports", ["prod_1"]]]), reads: 1 }),
    },
    audience: "https://api.example.com/",
    clock: () => now,
  });
  for (let index = 0; index < requests; index++) {
    now = (day / requests) * index;
    const charge = await billing.charge({
      claims: { "https://api.example.com/stripe_customer_id": `cus_${index % 50}` },
      scopes: ["get:reports"],
      metered: undefined,
    });
    if (charge.kind !== "paid") throw new Error("It should be paid.");
  }
  return { requests, reads: billing.ration.spent };
}
