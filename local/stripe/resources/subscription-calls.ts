import { type Account, readSeconds } from "../account.ts";
import { resourceMissing } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { renderPage } from "../pages.ts";
import { type Parsed, required } from "../parameters.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { openPaymentMethods } from "./payment-method-store.ts";
import { planTrialEnd, readTrialEnd, renderPause, withEnd, withPlainFields } from "./subscription-changes.ts";
import { createMergeItems } from "./subscription-items.ts";
import type { createParameters, itemParameters, listParameters, updateParameters } from "./subscription-parameters.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";
import { createStartSubscription } from "./subscription-start.ts";
import { openSubscriptions } from "./subscription-store.ts";

/** What each call does. Stripe API reference, "Subscriptions". Payments succeed, unless the control endpoint says otherwise. */
export function openSubscriptionCalls(account: Account) {
  const store = openSubscriptions(account);
  const customers = customerCollection(account.journal);
  const methods = openPaymentMethods(account);
  const startSubscription = createStartSubscription(account);
  const mergeItems = createMergeItems(account);
  const readNow = () => readSeconds(account.clock);

  const get = (id: string, param?: string): SubscriptionRecord => getRecord(store, "subscription", id, param);

  function getRunning(id: string): SubscriptionRecord {
    const subscription = get(id);
    if (subscription.status === "canceled") throw resourceMissing("subscription", id);
    return subscription;
  }

  function checkMethod(method: string | null | undefined, customer: string): void {
    if (typeof method === "string") methods.checkOwner(method, customer, "default_payment_method");
  }

  function create(fields: Parsed<typeof createParameters>): SubscriptionRecord {
    const { id: customer } = getLiveCustomer(customers, required(fields.customer, "customer"), "customer");
    checkMethod(fields.default_payment_method, customer);
    const now = readNow();
    const trialEnd = readTrialEnd(fields, now);
    const begun = startSubscription({ customer, items: required(fields.items, "items"), trialEnd, now });
    return store.create(withEnd(withPlainFields(begun, fields), fields, now), { payment: fields.payment_behavior });
  }

  function update(
    { items, trial_end: trialEnd, pause_collection: pause, ...fields }: Parsed<typeof updateParameters>,
    id: string,
  ): SubscriptionRecord {
    const before = getRunning(id);
    checkMethod(fields.default_payment_method, before.customer);
    const now = readNow();
    const changed = withEnd(withPlainFields(before, fields), fields, now);
    const context = { subscription: id, now, periodEnd: before.items.data[0]?.current_period_end };
    const withItems =
      items === undefined
        ? changed
        : { ...changed, items: { ...changed.items, data: mergeItems(changed.items.data, items, context) } };
    return store.change({
      ...withItems,
      ...(trialEnd !== undefined && planTrialEnd(withItems, trialEnd, now)),
      ...(pause !== undefined && { pause_collection: pause && renderPause(pause) }),
    });
  }

  function list({
    customer,
    status,
    price,
    created,
    collection_method: method,
    ...page
  }: Parsed<typeof listParameters>) {
    const found = store.filter(
      (one) =>
        fits(one.customer, customer) &&
        fits(one.collection_method, method) &&
        (price === undefined || one.items.data.some((item) => item.price.id === price)) &&
        isListed(one, status) &&
        isWithin(one.created, created),
    );
    return renderPage(found.reverse(), page, { kind: "subscription", url: "/v1/subscriptions" });
  }

  function listItems({ subscription, ...page }: Parsed<typeof itemParameters>) {
    const { data } = get(required(subscription, "subscription"), "subscription").items;
    return renderPage(data, page, { kind: "subscription item", url: "/v1/subscription_items" });
  }

  return { create, update, get, list, listItems, cancel: (id: string) => store.cancel(getRunning(id)) };
}

function isListed({ status }: SubscriptionRecord, asked: Parsed<typeof listParameters>["status"]): boolean {
  if (asked === "all") return true;
  if (asked === "ended") return status === "canceled" || status === "incomplete_expired";
  return asked === undefined ? status !== "canceled" : status === asked;
}
