import { createBilling } from "../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import type { Subscription } from "../../gateways/authorizer/billing/source.ts";

export interface StripeReads {
  readonly requests: number;
  /** Those of the receiver too. */
  readonly reads: number;
}

const DAY = 86_400_000;
const CUSTOMERS = 50;
const REQUESTS = 10_000;

/**
 * How often Stripe is asked for 10,000 requests of 50 customers, spread over a day, by a gateway that knows nothing when the day
 * begins. A thirtieth of the customers is renewed in that day, which is an event for a receiver.
 */
export async function countStripeReads(hasWebhooks: boolean): Promise<StripeReads> {
  let now = 0;
  const paid: readonly Subscription[] = [{ status: "active", products: ["prod_1"] }];
  const billing = createBilling({
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
    source: {
      readSubscriptions: async () => ({ value: paid, reads: 1 }),
      readCustomers: async () => ({ value: [], reads: 1 }),
      readProducts: async () => ({ value: new Map([["get:reports", ["prod_1"]]]), reads: 1 }),
    },
    audience: "https://api.example.com/",
    clock: () => now,
    hearsChanges: () => hasWebhooks,
  });
  const renewals = hasWebhooks ? Math.ceil(CUSTOMERS / 30) : 0;
  for (let index = 0; index < REQUESTS; index++) {
    now = (DAY / REQUESTS) * index;
    const renewal = (index / REQUESTS) * renewals;
    if (hasWebhooks && Number.isInteger(renewal)) {
      billing.ration.count(1);
      await billing.takeSubscriptions(`cus_${renewal}`, paid, { readAt: now });
    }
    const charge = await billing.charge({
      claims: { "https://api.example.com/stripe_customer_id": `cus_${index % CUSTOMERS}` },
      scopes: ["get:reports"],
      metered: undefined,
    });
    if (charge.kind !== "paid") throw new Error("It should be paid.");
  }
  return { requests: REQUESTS, reads: billing.ration.spent };
}
