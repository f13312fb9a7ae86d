import { isPaying, type PaidQuestion, type PaidState, planPaidState, type Subscribed } from "../paid-scopes.ts";
import type { Deadline } from "./deadline.ts";
import { readWithRetries } from "./read-with-retries.ts";
import type { StripeSubscriptions } from "./stripe-subscriptions.ts";

/**
 * What the customer pays for, as Stripe knows it: one call, and a second where products are told by their names.
 *
 * @param now seconds since the epoch
 * @throws {Unsettled}
 */
export async function readPaid(
  customer: string,
  { paidScopes, pastDue }: Pick<PaidQuestion, "paidScopes" | "pastDue">,
  stripe: StripeSubscriptions,
  deadline: Deadline,
  now: number,
): Promise<PaidState> {
  const found = await readWithRetries(() => stripe.list(customer), deadline);
  const paying = found.filter(({ status }) => isPaying(status, pastDue));
  const ids = [...new Set(paying.flatMap(({ items }) => items.map(({ product }) => product.id)))];
  const isByName = paidScopes.some(({ product }) => "name" in product);
  const names = isByName && ids.length > 0 ? await readWithRetries(() => stripe.readNames(ids), deadline) : new Map();
  const subscriptions = paying.map(
    (subscription): Subscribed => ({
      ...subscription,
      items: subscription.items.map(({ product: { id }, periodEnd }) => ({
        product: { id, name: names.get(id) },
        periodEnd,
      })),
    }),
  );
  return planPaidState({ customer, subscriptions, paidScopes, pastDue, now });
}
