import { type Account, readSeconds } from "../account.ts";
import type { CheckoutRecord, CheckoutSession } from "./checkout-record.ts";
import { type InvoiceLineRecord, newLine } from "./invoice-record.ts";
import { readTrialEnd } from "./subscription-changes.ts";
import { createStartSubscription } from "./subscription-start.ts";
import { openSubscriptions } from "./subscription-store.ts";

type Bought = Pick<CheckoutSession, "subscription" | "invoice">;

/** What a session in subscription mode makes when it is paid: one subscription, whose first invoice has the one-time prices. */
export function createCheckoutSubscription(account: Account) {
  const subscriptions = openSubscriptions(account);
  const startSubscription = createStartSubscription(account);

  return (record: CheckoutRecord, customer: string, method: string | null): Bought => {
    const { trialDays, trial_end: end, ...data } = record.subscription;
    const now = readSeconds(account.clock);
    const trialEnd = readTrialEnd(
      {
        ...(typeof end === "number" && { trial_end: end }),
        ...(trialDays !== undefined && { trial_period_days: trialDays }),
      },
      now,
    );
    const items = record.lines
      .filter(({ price }) => price.recurring !== null)
      .map(({ price, quantity }) => ({ price: price.id, ...(quantity !== null && { quantity }) }));
    const started = startSubscription({ customer, items, trialEnd, now });
    const { id, latest_invoice: invoice } = subscriptions.create(
      { ...started, ...data, default_payment_method: method },
      { once: readOnce(record, now) },
    );
    return { subscription: id, invoice };
  };
}

function readOnce({ lines }: CheckoutRecord, now: number): InvoiceLineRecord[] {
  return lines
    .filter(({ price }) => price.recurring === null)
    .map(({ amount_total: amount, currency, description, quantity }) =>
      newLine({ amount, currency, description, period: { start: now, end: now }, quantity: quantity ?? 1 }),
    );
}
