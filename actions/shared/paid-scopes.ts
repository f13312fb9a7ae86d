/** A scope that costs money, and the product that pays for it. */
export interface PaidScope {
  readonly scope: string;
  readonly product: { readonly name: string } | { readonly id: string };
}

/**
 * What a customer pays for. In `app_metadata.stripe_paid` the receiver of webhooks writes it, in `app_metadata.stripe_asked`
 * require-subscription, whose metadata is saved only when the login ends: under one name what was read before a webhook would
 * take the place of what the webhook wrote. Of the two, the one that was read later counts.
 */
export interface PaidState {
  /** Whose subscriptions they were: after the link has changed it says nothing. */
  readonly customer: string;
  readonly scopes: readonly string[];
  /** Seconds since the epoch: when the first of them runs out unless it is renewed. Null when nothing is paid. */
  readonly until: number | null;
  /** Seconds since the epoch. */
  readonly checked_at: number;
  /** How many of the user's accounts had their customers asked about; undefined: it was this customer alone. */
  readonly accounts?: number | undefined;
}

/** What costs money, from stripe.json and tenant.yaml. */
export interface PaidRules {
  readonly paidScopes: readonly PaidScope[];
  readonly pastDue: "refuse" | "allow";
}

/** Seconds by which the clocks of two machines may differ. */
const SKEW = 60;

/**
 * What stands in app_metadata. Undefined: it is not of this form (anybody with the Management API may write there), or was
 * written by a clock that runs ahead, and would stand until then.
 *
 * @param now seconds since the epoch
 */
export function parsePaidState(value: unknown, now: number): PaidState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { customer, scopes, until, checked_at: checkedAt, accounts } = value as Record<string, unknown>;
  const isTime = (time: unknown): time is number => typeof time === "number" && Number.isFinite(time);
  if (typeof customer !== "string" || !isTime(checkedAt) || checkedAt > now + SKEW) return undefined;
  if (!(until === null || isTime(until)) || !Array.isArray(scopes)) return undefined;
  if (!scopes.every((scope) => typeof scope === "string")) return undefined;
  return { customer, scopes, until, checked_at: checkedAt, accounts: isTime(accounts) ? accounts : undefined };
}

/** `cus_…`, or `acct_…` where customers are accounts. */
export const isCustomerId = (value: unknown): value is string =>
  typeof value === "string" && /^(?:cus|acct)_\w{1,250}$/.test(value);
