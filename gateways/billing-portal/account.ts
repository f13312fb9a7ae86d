import type Stripe from "stripe";
import type { Reading } from "../authorizer/billing/source.ts";
import { orMissing } from "../billing/or-missing.ts";
import { UnexpectedAnswer } from "../billing/stripe-client.ts";

/** Times in seconds since the epoch. */
interface SubscribedItem {
  readonly product: string;
  /** The meter's id; undefined: a flat price. */
  readonly meter: string | undefined;
  readonly periodStart: number;
  readonly periodEnd: number;
}

export interface AccountSubscription {
  readonly id: string;
  /** Stripe's word. */
  readonly status: string;
  /** When it ends whatever happens, if it does. */
  readonly cancelAt: number | undefined;
  readonly items: readonly SubscribedItem[];
}

const PAGE = 100;

/** All that are not over. Needs `rak_subscription_read`. Rejects when that is not certain. */
export async function readSubscriptions(
  stripe: Stripe,
  customer: string,
): Promise<Reading<readonly AccountSubscription[]>> {
  const page = await orMissing(stripe.subscriptions.list({ customer, limit: PAGE }));
  // The customer is gone.
  if (page === undefined) return { value: [], reads: 1 };
  const { data, has_more: hasMore } = page;
  // More of them, or of their items, is not what a person subscribed to here, and would be cut in silence.
  if (!Array.isArray(data) || hasMore || data.some(({ items }) => items.has_more)) throw new UnexpectedAnswer();
  return { value: data.map(describe), reads: 1 };
}

function describe({ id, status, items, ...subscription }: Stripe.Subscription): AccountSubscription {
  const periods = items.data.map(({ current_period_end: end }) => end);
  const isEnding = subscription.cancel_at_period_end && periods.length > 0;
  return {
    id,
    status,
    cancelAt: subscription.cancel_at ?? (isEnding ? Math.max(...periods) : undefined),
    items: items.data.map(({ price, current_period_start: periodStart, current_period_end: periodEnd }) => ({
      product: typeof price.product === "string" ? price.product : price.product.id,
      meter: price.recurring?.meter ?? undefined,
      periodStart,
      periodEnd,
    })),
  };
}

const MINUTE = 60;

/**
 * What was counted between two moments, which Stripe wants as whole minutes. Needs `rak_billing_meter_event_read`.
 *
 * @param from seconds since the epoch, as `to`
 */
export async function readUsage(
  stripe: Stripe,
  { meter, customer, from, to }: { meter: string; customer: string; from: number; to: number },
): Promise<Reading<number>> {
  const { data } = await stripe.billing.meters.listEventSummaries(meter, {
    customer,
    start_time: Math.floor(from / MINUTE) * MINUTE,
    end_time: (Math.floor(to / MINUTE) + 1) * MINUTE,
  });
  // Without a window it is one row, or none where nothing was counted.
  if (!Array.isArray(data)) throw new UnexpectedAnswer();
  return { value: data.reduce((sum, { aggregated_value: value }) => sum + value, 0), reads: 1 };
}
