import { isoTime } from "../../auth0/timestamps.ts";
import type { LocalStripe } from "../../stripe/local-stripe.ts";
import { isLive } from "../../stripe/resources/customer-record.ts";
import type { SubscriptionRecord } from "../../stripe/resources/subscription-record.ts";
import { type FaultName, findFault } from "./faults.ts";
import { findWebhookFault, type WebhookFaultName } from "./webhook-faults.ts";

export interface SubscriptionView {
  readonly id: string;
  readonly status: string;
  /** Price by price: its nickname, or its id. */
  readonly prices: readonly string[];
  /** ISO 8601: until when it is paid, or its trial lasts. */
  readonly until: string;
  readonly endsThen: boolean;
}

export interface CustomerView {
  readonly id: string;
  readonly email: string;
  readonly subscriptions: readonly SubscriptionView[];
}

export interface AccountView {
  readonly now: string;
  readonly fault: FaultName | null;
  /** What befalls webhooks. */
  readonly webhooks: WebhookFaultName | null;
  /** All that live, of which the newest are shown. */
  readonly total: number;
  readonly customers: readonly CustomerView[];
  readonly meters: readonly { readonly name: string; readonly events: number; readonly sum: number }[];
  /** The newest first, as Stripe answered them. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly answer: string }[];
}

const CUSTOMERS = 50;
const REQUESTS = 20;

export function describeAccount(stripe: LocalStripe): AccountView {
  const customers = stripe.customers.values().filter(isLive);
  return {
    now: isoTime(stripe.clock()),
    fault: findFault(stripe.faults.pending()) ?? null,
    webhooks: findWebhookFault(stripe.webhooks.settings()) ?? null,
    total: customers.length,
    customers: customers
      .slice(-CUSTOMERS)
      .reverse()
      .map(({ id, email }) => ({
        id,
        email: email ?? "",
        subscriptions: stripe.subscriptions.filter(({ customer }) => customer === id).map(describeSubscription),
      })),
    meters: stripe.meters.values().map(({ id, display_name: name }) => {
      const events = stripe.meterEvents.filter(({ meter }) => meter === id);
      return { name, events: events.length, sum: events.reduce((sum, { value }) => sum + value, 0) };
    }),
    requests: stripe.log
      .entries()
      .slice(-REQUESTS)
      .reverse()
      .map(({ method, path, status, outcome }) => ({ method, path, answer: String(status ?? outcome) })),
  };
}

function describeSubscription({
  id,
  status,
  items,
  trial_end,
  cancel_at_period_end,
}: SubscriptionRecord): SubscriptionView {
  const end = status === "trialing" ? trial_end : items.data[0]?.current_period_end;
  return {
    id,
    status,
    prices: items.data.map(({ price }) => price.nickname ?? price.lookup_key ?? price.id),
    until: end === null || end === undefined ? "" : isoTime(end * 1000),
    endsThen: cancel_at_period_end,
  };
}
