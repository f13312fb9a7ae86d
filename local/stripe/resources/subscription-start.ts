import type { Account } from "../account.ts";
import { createId } from "../ids.ts";
import { newSubscription } from "./new-subscription.ts";
import { createMergeItems, type ItemFields } from "./subscription-items.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";

interface Start {
  readonly customer: string;
  readonly items: readonly ItemFields[];
  /** Instants in seconds since the epoch. */
  readonly trialEnd: number | undefined;
  readonly now: number;
}

/** A subscription as it begins: in its trial, or in its first period. Nobody has been told of it yet. */
export function createStartSubscription(account: Account): (start: Start) => SubscriptionRecord {
  const mergeItems = createMergeItems(account);
  return ({ customer, items, trialEnd, now }) => {
    const empty = newSubscription(createId("sub", 24), customer, now);
    const data = mergeItems([], items, { subscription: empty.id, now, periodEnd: trialEnd });
    return {
      ...empty,
      status: trialEnd === undefined ? "active" : "trialing",
      currency: data[0]?.price.currency ?? empty.currency,
      items: { ...empty.items, data },
      ...(trialEnd !== undefined && { trial_start: now, trial_end: trialEnd, billing_cycle_anchor: trialEnd }),
    };
  };
}
