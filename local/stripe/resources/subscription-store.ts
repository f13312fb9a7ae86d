import { type Account, readSeconds } from "../account.ts";
import { billingSettings, readBillingSettings } from "./billing-settings.ts";
import { type Entitlements, openEntitlements } from "./entitlements.ts";
import type { InvoiceLineRecord } from "./invoice-record.ts";
import { openSubscriptionBilling } from "./subscription-billing.ts";
import { endAt, passTime } from "./subscription-cycle.ts";
import { type SubscriptionRecord, type SubscriptionStatus, subscriptionCollection } from "./subscription-record.ts";

/** The subscriptions, and what follows from a change of one: an event, and other entitlements. */
export interface SubscriptionStore {
  get(id: string): SubscriptionRecord | undefined;
  filter(matches: (subscription: SubscriptionRecord) => boolean): SubscriptionRecord[];
  /** With its first invoice. */
  create(subscription: SubscriptionRecord, first?: FirstInvoice): SubscriptionRecord;
  change(after: SubscriptionRecord): SubscriptionRecord;
  cancel(subscription: SubscriptionRecord): SubscriptionRecord;
  /** As a payment that fails or succeeds would. Undefined when there is no such subscription. */
  setStatus(id: string, status: SubscriptionStatus): SubscriptionRecord | undefined;
  /** Lets everything happen that time has brought. */
  catchUp(): void;
}

interface FirstInvoice {
  /** What becomes of a subscription whose payment the bank refuses. */
  readonly payment?: "allow_incomplete" | "default_incomplete" | "error_if_incomplete" | undefined;
  /** What is paid once. */
  readonly once?: readonly InvoiceLineRecord[];
}

export function openSubscriptions(account: Account): SubscriptionStore {
  const { journal, clock, publish } = account;
  const subscriptions = subscriptionCollection(journal);
  const entitlements: Entitlements = openEntitlements(account);
  const billing = openSubscriptionBilling(account);
  const settings = billingSettings(journal);

  const change = (after: SubscriptionRecord): SubscriptionRecord => {
    const before = subscriptions.get(after.id);
    if (before === after || before === undefined) return after;
    subscriptions.set(after.id, after);
    publish(findEvent(before, after), after, before);
    entitlements.note(after, describePeriods(before) !== describePeriods(after));
    return after;
  };

  const endUnpaid = (subscription: SubscriptionRecord): SubscriptionRecord => {
    const { afterRetries } = readBillingSettings(settings);
    if (afterRetries === "leave_past_due") return subscription;
    if (afterRetries === "mark_unpaid") return { ...subscription, status: "unpaid" };
    return { ...endAt(subscription, readSeconds(clock)), cancellation_details: PAYMENT_FAILED };
  };

  /** What a period that is over, or a trial, brings. */
  const bill = (before: SubscriptionRecord, after: SubscriptionRecord): SubscriptionRecord => {
    if (after.status === "incomplete_expired" && before.status === "incomplete") billing.giveUp(after);
    if (after === before) return after.status === "past_due" ? billing.retry(after, endUnpaid) : after;
    // A trial that ends in the second in which it began leaves its period where it is.
    const startsPeriod = before.status === "trialing" || describePeriods(before) !== describePeriods(after);
    if (!BILLED.has(after.status) || !startsPeriod) return after;
    const { missing_payment_method: missing } = after.trial_settings?.end_behavior ?? {};
    if (before.status === "trialing" && !billing.hasPaymentMethod(after)) {
      if (missing === "cancel") return endAt(after, after.trial_end ?? readSeconds(clock));
      if (missing === "pause") return { ...after, status: "paused" };
    }
    return billing.renew(before, after);
  };

  return {
    get: (id) => subscriptions.get(id),
    filter: (matches) => subscriptions.filter(matches),
    create(begun, { payment, once = [] } = {}) {
      if (payment === "error_if_incomplete") billing.checkPayable(begun, once);
      const { subscription } = billing.begin(begun, once, payment === "default_incomplete");
      subscriptions.set(subscription.id, subscription);
      publish("customer.subscription.created", subscription);
      entitlements.note(subscription, true);
      return subscription;
    },
    change,
    cancel: (subscription) => change(endAt(subscription, readSeconds(clock))),
    setStatus(id, status) {
      const subscription = subscriptions.get(id);
      if (subscription === undefined) return undefined;
      return status === "canceled" ? this.cancel(subscription) : change({ ...subscription, status });
    },
    catchUp() {
      const now = readSeconds(clock);
      for (const subscription of subscriptions.values()) change(bill(subscription, passTime(subscription, now)));
    },
  };
}

const PAYMENT_FAILED = { comment: null, feedback: null, feedback_option: null, reason: "payment_failed" } as const;

/** Whose periods are paid for. */
const BILLED: ReadonlySet<SubscriptionStatus> = new Set(["active", "past_due", "unpaid"]);

function findEvent(before: SubscriptionRecord, after: SubscriptionRecord) {
  if (after.status === "canceled" && before.status !== "canceled") return "customer.subscription.deleted";
  if (after.status === "paused" && before.status !== "paused") return "customer.subscription.paused";
  if (before.status === "paused" && after.status === "active") return "customer.subscription.resumed";
  return "customer.subscription.updated";
}

const describePeriods = ({ items }: SubscriptionRecord): string =>
  items.data.map(({ price, current_period_start: start }) => `${price.id} ${start}`).join("\n");
