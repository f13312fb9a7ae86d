import { type Account, readSeconds } from "../account.ts";
import { type Entitlements, openEntitlements } from "./entitlements.ts";
import { endAt, passTime } from "./subscription-cycle.ts";
import { type SubscriptionRecord, type SubscriptionStatus, subscriptionCollection } from "./subscription-record.ts";

/** The subscriptions, and what follows from a change of one: an event, and other entitlements. */
export interface SubscriptionStore {
  get(id: string): SubscriptionRecord | undefined;
  filter(matches: (subscription: SubscriptionRecord) => boolean): SubscriptionRecord[];
  create(subscription: SubscriptionRecord): SubscriptionRecord;
  change(after: SubscriptionRecord): SubscriptionRecord;
  cancel(subscription: SubscriptionRecord): SubscriptionRecord;
  /** As a payment that fails or succeeds would. Undefined when there is no such subscription. */
  setStatus(id: string, status: SubscriptionStatus): SubscriptionRecord | undefined;
  /** Lets everything happen that time has brought. */
  catchUp(): void;
}

export function openSubscriptions(account: Account): SubscriptionStore {
  const { journal, clock, publish } = account;
  const subscriptions = subscriptionCollection(journal);
  const entitlements: Entitlements = openEntitlements(account);

  const change = (after: SubscriptionRecord): SubscriptionRecord => {
    const before = subscriptions.get(after.id);
    if (before === after || before === undefined) return after;
    subscriptions.set(after.id, after);
    publish(findEvent(before, after), after, before);
    entitlements.note(after, describePeriods(before) !== describePeriods(after));
    return after;
  };

  return {
    get: (id) => subscriptions.get(id),
    filter: (matches) => subscriptions.filter(matches),
    create(subscription) {
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
      for (const subscription of subscriptions.values()) change(passTime(subscription, now));
    },
  };
}

function findEvent(before: SubscriptionRecord, after: SubscriptionRecord) {
  if (after.status === "canceled" && before.status !== "canceled") return "customer.subscription.deleted";
  if (after.status === "paused" && before.status !== "paused") return "customer.subscription.paused";
  if (before.status === "paused" && after.status === "active") return "customer.subscription.resumed";
  return "customer.subscription.updated";
}

const describePeriods = ({ items }: SubscriptionRecord): string =>
  items.data.map(({ price, current_period_start: start }) => `${price.id} ${start}`).join("\n");
