import type { BillingRules } from "./rules.ts";
import type { Subscription } from "./source.ts";

/** Ids of the products that a customer with these subscriptions pays for. */
export function listPaid(subscriptions: readonly Subscription[], rules: BillingRules): readonly string[] {
  return subscriptions.filter(({ status }) => pays(status, rules)).flatMap(({ products }) => products);
}

/** `pause_collection` leaves the status as it is; a subscription that ends with its period is active until then. */
function pays(status: string, { pastDue }: BillingRules): boolean {
  return status === "active" || status === "trialing" || (status === "past_due" && pastDue === "allow");
}
