import type { BillingRules } from "./rules.ts";

/** Milliseconds. */
export interface ReadTimes {
  /** In which what pays is used without a question; longer while reads run short, or changes are heard of. */
  readonly paid: number;
  /** Beyond that: in which it is used while it is read anew. */
  readonly revalidate: number;
  /** In which a no counts without a question; doubled each time it is found again, up to `longestUnpaid`. */
  readonly unpaid: number;
  readonly longestUnpaid: number;
  /** In which a value is used that Stripe does not give anew. */
  readonly stale: number;
  /** That a request waits for a read; the read itself goes on. */
  readonly timeout: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param timeout milliseconds that a request waits for an answer */
export function getReadTimes(
  { cacheSeconds, negativeCacheSeconds, onStripeError }: BillingRules,
  timeout: number,
): ReadTimes {
  const paid = cacheSeconds * 1000;
  const unpaid = negativeCacheSeconds * 1000;
  return {
    paid,
    revalidate: Math.min(paid, 5 * MINUTE),
    unpaid,
    longestUnpaid: Math.max(unpaid, 10 * MINUTE),
    stale: onStripeError === "deny" ? 0 : DAY,
    timeout,
  };
}
