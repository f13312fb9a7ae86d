import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import type { PriceRecord } from "./price-record.ts";

/** As on the wire: decimals are text there. */
export type PlanRecord = Omit<Stripe.Plan, "amount_decimal" | "product"> & {
  readonly amount_decimal: string | null;
  readonly product: string;
};

export type SubscriptionItemRecord = Omit<Stripe.SubscriptionItem, "price" | "plan"> & {
  readonly price: PriceRecord;
  readonly plan: PlanRecord;
};

export type SubscriptionRecord = Omit<Stripe.Subscription, "items" | "customer" | "status"> & {
  readonly items: Stripe.ApiList<SubscriptionItemRecord>;
  readonly customer: string;
  readonly status: SubscriptionStatus;
};

export const SUBSCRIPTION_STATUSES = [
  "active",
  "canceled",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
] as const satisfies readonly Stripe.Subscription.Status[];
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export function subscriptionCollection(journal: Journal): Collection<SubscriptionRecord> {
  return journal.collection("subscriptions");
}

/** What a list without a status leaves out. */
export const isOver = ({ status }: SubscriptionRecord): boolean => status === "canceled";
