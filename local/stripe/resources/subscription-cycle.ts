import { addIntervals } from "./period.ts";
import type { SubscriptionItemRecord, SubscriptionRecord } from "./subscription-record.ts";

/** Stripe docs, "Subscription statuses": an incomplete one expires after 23 hours. */
const INCOMPLETE_FOR = 23 * 60 * 60;

/** The subscription as it is at `now`, in seconds: trials end, periods follow each other, what was to end has ended. Pure. */
export function passTime(subscription: SubscriptionRecord, now: number): SubscriptionRecord {
  const { status, cancel_at: end, created } = subscription;
  if (status === "canceled" || status === "incomplete_expired") return subscription;
  if (status === "incomplete") {
    return now - created < INCOMPLETE_FOR ? subscription : { ...subscription, status: "incomplete_expired" };
  }
  if (end !== null && end <= now) return endAt(subscription, end);
  const isTrialOver = status === "trialing" && (subscription.trial_end ?? 0) <= now;
  const begun = isTrialOver ? { ...subscription, status: "active" as const } : subscription;
  const data = begun.items.data.map((item) => passPeriods(item, begun.billing_cycle_anchor, now));
  const isSame = data.every((item, index) => item === begun.items.data[index]);
  return isSame ? begun : { ...begun, items: { ...begun.items, data } };
}

export function endAt(subscription: SubscriptionRecord, at: number): SubscriptionRecord {
  return { ...subscription, status: "canceled", canceled_at: subscription.canceled_at ?? at, ended_at: at };
}

function passPeriods(item: SubscriptionItemRecord, anchor: number, now: number): SubscriptionItemRecord {
  const { recurring } = item.price;
  if (recurring === null || item.current_period_end > now) return item;
  // Counted from the anchor, so that a subscription of the 31st comes back to the 31st.
  let count = 1;
  while (addIntervals(anchor, recurring, count) <= now) count += 1;
  return {
    ...item,
    current_period_start: addIntervals(anchor, recurring, count - 1),
    current_period_end: addIntervals(anchor, recurring, count),
  };
}
