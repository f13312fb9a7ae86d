import type { AccountSubscription } from "./account.ts";
import type { Offer, Price } from "./offers.ts";

/** How a scope that costs money stands for a customer. Times in seconds since the epoch. */
export type Standing =
  | { readonly kind: "none" }
  /** Paid for, until it is renewed. */
  | { readonly kind: "active" | "trial"; readonly until: number }
  /** Paid for, and not renewed. */
  | { readonly kind: "ending"; readonly until: number }
  /** There is a subscription, and its payment is late or was never made. */
  | { readonly kind: "late" };

export interface PlanRow {
  readonly scope: string;
  readonly name: string;
  readonly price: Price | undefined;
  readonly standing: Standing;
  /** The subscription that it stands by. */
  readonly subscription: string | undefined;
  readonly usage: UsageQuestion | undefined;
}

/** Where the usage of a customer is asked for, and from when on: the period that is billed next, else the month. */
interface UsageQuestion {
  readonly meter: string;
  readonly from: number;
}

/** In this order: of several subscriptions the one that pays is shown. */
const RANKS = ["active", "trialing", "past_due"];

/**
 * Pure: what the paid scopes are for a customer with these subscriptions, none of which is over.
 *
 * @param now seconds since the epoch
 */
export function planRows(
  offers: readonly Offer[],
  subscriptions: readonly AccountSubscription[],
  now: number,
): readonly PlanRow[] {
  return offers.map(({ scope, name, price, products }) => {
    const [covering] = subscriptions
      .flatMap((subscription) =>
        subscription.items
          .filter(({ product }) => products.includes(product))
          .map((item) => ({ subscription, item, rank: rankOf(subscription.status) })),
      )
      .sort((one, other) => one.rank - other.rank);
    const meter = covering?.item.meter ?? price?.meter;
    return {
      scope,
      name,
      price,
      standing: covering ? describeStanding(covering.subscription, covering.item.periodEnd) : { kind: "none" },
      subscription: covering?.subscription.id,
      usage: meter === undefined ? undefined : { meter, from: covering?.item.periodStart ?? startOfMonth(now) },
    };
  });
}

function rankOf(status: string): number {
  const rank = RANKS.indexOf(status);
  return rank < 0 ? RANKS.length : rank;
}

function describeStanding({ status, cancelAt }: AccountSubscription, periodEnd: number): Standing {
  if (status !== "active" && status !== "trialing") return { kind: "late" };
  if (cancelAt !== undefined) return { kind: "ending", until: cancelAt };
  return { kind: status === "active" ? "active" : "trial", until: periodEnd };
}

/** In UTC, as Stripe's days are. */
function startOfMonth(now: number): number {
  const date = new Date(now * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}
