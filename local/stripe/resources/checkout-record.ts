import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import type { PriceRecord } from "./price-record.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";

export type LineItemRecord = Omit<Stripe.LineItem, "price"> & { readonly price: PriceRecord };

/** With ids where Stripe could put objects. */
export type CheckoutSession = Stripe.Checkout.Session & {
  readonly customer: string | null;
  readonly status: "complete" | "expired" | "open";
};

/** A session, and what its answers do not say. */
export interface CheckoutRecord {
  readonly id: string;
  readonly session: CheckoutSession;
  readonly lines: readonly LineItemRecord[];
  /** What its subscription will have. */
  readonly subscription: Partial<
    Pick<SubscriptionRecord, "description" | "metadata" | "trial_end" | "trial_settings">
  > & { readonly trialDays?: number };
  readonly paymentIntent: { readonly description: string | null; readonly metadata: Readonly<Record<string, string>> };
}

export function checkoutCollection(journal: Journal): Collection<CheckoutRecord> {
  return journal.collection("checkout-sessions");
}
