import type { PaidRules, PaidState } from "../paid-scopes.ts";
import type { StripeSubscriptions } from "./stripe-subscriptions.ts";

/**
 * Which of the scopes the customer pays for, and until when that can be relied on. Products are asked for only where they are told by
 * their names, and something is paid.
 *
 * @param now seconds since the epoch
 * @throws {Unsettled}
 */
export async function readPaid(
  customer: string,
  { paidScopes, pastDue }: PaidRules,
  { list, readNames }: StripeSubscriptions,
  now: number,
): Promise<PaidState> {
  const subscriptions = await list(customer);
  const items = subscriptions
    .filter(({ status }) => isPaying(status, pastDue))
    .flatMap(({ items, cancelAt }) =>
      items.map(({ product, periodEnd }) => ({ product, end: Math.min(periodEnd, cancelAt ?? periodEnd) })),
    );
  const isByName = paidScopes.some(({ product }) => "name" in product) && items.length > 0;
  const names = isByName ? await readNames([...new Set(items.map(({ product }) => product))]) : new Map();
  const paid = paidScopes.flatMap(({ scope, product: wanted }) => {
    const paying = items.filter(({ product }) =>
      "id" in wanted ? wanted.id === product : wanted.name === names.get(product),
    );
    return paying.length === 0 ? [] : [{ scope, end: Math.max(...paying.map(({ end }) => end)) }];
  });
  return {
    customer,
    scopes: paid.map(({ scope }) => scope).sort(),
    until: paid.length === 0 ? null : Math.min(...paid.map(({ end }) => end)),
    checked_at: now,
  };
}

/** A subscription that ends with its period is active until then, and a pause of collection leaves it active (Stripe docs). */
const isPaying = (status: string, pastDue: PaidRules["pastDue"]): boolean =>
  status === "active" || status === "trialing" || (status === "past_due" && pastDue === "allow");
