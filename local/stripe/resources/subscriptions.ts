import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { resourceMissing } from "../errors.ts";
import { createId } from "../ids.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { isWithin, nonEmptyText, type Parsed, type Parser, required } from "../parameters.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { expandPaths } from "./expand.ts";
import { newSubscription } from "./new-subscription.ts";
import { applyEnd, applyPlain, applyTrialEnd, readTrialEnd, renderPause } from "./subscription-changes.ts";
import { createApplyItems } from "./subscription-items.ts";
import { cancelParameters, createParameters, listParameters, updateParameters } from "./subscription-parameters.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";
import { openSubscriptions } from "./subscription-store.ts";

const url = "/v1/subscriptions";

/** Stripe API reference, "Subscriptions". Payments always succeed, unless the control endpoint says otherwise. */
export function createSubscriptions(account: Account): Operation[] {
  const { journal, clock } = account;
  const store = openSubscriptions(account);
  const customers = customerCollection(journal);
  const applyItems = createApplyItems(account);

  const read = (id: string, param?: string): SubscriptionRecord => {
    const subscription = store.get(id);
    if (subscription === undefined) throw resourceMissing("subscription", id, param);
    return subscription;
  };
  const readRunning = (id: string): SubscriptionRecord => {
    const subscription = read(id);
    if (subscription.status === "canceled") throw resourceMissing("subscription", id);
    return subscription;
  };

  return [
    defineOperation({
      method: "POST",
      route: url,
      permission: "rak_subscription_write",
      parameters: createParameters,
      run: (fields) => {
        const customer = required(fields.customer, "customer");
        const record = customers.get(customer);
        if (record === undefined || !isLive(record)) throw resourceMissing("customer", customer, "customer");
        const now = readSeconds(clock);
        const trialEnd = readTrialEnd(fields, now);
        const empty = newSubscription(createId("sub", 24), customer, now);
        const data = applyItems([], required(fields.items, "items"), {
          subscription: empty.id,
          now,
          periodEnd: trialEnd,
        });
        const status =
          trialEnd !== undefined
            ? "trialing"
            : fields.payment_behavior === "default_incomplete"
              ? "incomplete"
              : "active";
        return store.create(
          applyEnd(
            applyPlain(
              {
                ...empty,
                status,
                currency: data[0]?.price.currency ?? empty.currency,
                items: { ...empty.items, data },
                ...(trialEnd !== undefined && {
                  trial_start: now,
                  trial_end: trialEnd,
                  billing_cycle_anchor: trialEnd,
                }),
              },
              fields,
            ),
            fields,
            now,
          ),
        );
      },
    }),
    defineOperation({
      method: "GET",
      route: url,
      permission: "rak_subscription_read",
      parameters: listParameters,
      run: ({ customer, status, price, created, collection_method: method, ...page }) =>
        renderPage(
          store
            .filter(
              (one) =>
                (customer === undefined || one.customer === customer) &&
                (method === undefined || one.collection_method === method) &&
                (price === undefined || one.items.data.some((item) => item.price.id === price)) &&
                isListed(one, status) &&
                isWithin(one.created, created),
            )
            .reverse(),
          page,
          { kind: "subscription", url },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${url}/:id`,
      permission: "rak_subscription_read",
      parameters: { expand: expandPaths } satisfies Record<keyof Stripe.SubscriptionRetrieveParams, Parser<unknown>>,
      run: (_parameters, id) => read(id),
    }),
    defineOperation({
      method: "POST",
      route: `${url}/:id`,
      permission: "rak_subscription_write",
      parameters: updateParameters,
      run: ({ items, trial_end: trialEnd, pause_collection: pause, ...fields }, id) => {
        const before = readRunning(id);
        const now = readSeconds(clock);
        const changed = applyEnd(applyPlain(before, fields), fields, now);
        const context = { subscription: id, now, periodEnd: before.items.data[0]?.current_period_end };
        const withItems =
          items === undefined
            ? changed
            : { ...changed, items: { ...changed.items, data: applyItems(changed.items.data, items, context) } };
        return store.change({
          ...withItems,
          ...(trialEnd !== undefined && applyTrialEnd(withItems, trialEnd, now)),
          ...(pause !== undefined && { pause_collection: pause && renderPause(pause) }),
        });
      },
    }),
    defineOperation({
      method: "DELETE",
      route: `${url}/:id`,
      permission: "rak_subscription_write",
      parameters: cancelParameters,
      run: (_parameters, id) => store.cancel(readRunning(id)),
    }),
    defineOperation({
      method: "GET",
      route: "/v1/subscription_items",
      permission: "rak_subscription_read",
      parameters: { ...pageParameters, expand: expandPaths, subscription: nonEmptyText(255) } satisfies Record<
        keyof Stripe.SubscriptionItemListParams,
        Parser<unknown>
      >,
      run: ({ subscription, ...page }) =>
        renderPage(read(required(subscription, "subscription"), "subscription").items.data, page, {
          kind: "subscription item",
          url: "/v1/subscription_items",
        }),
    }),
  ];
}

function isListed({ status }: SubscriptionRecord, asked: Parsed<typeof listParameters>["status"]): boolean {
  if (asked === "all") return true;
  if (asked === "ended") return status === "canceled" || status === "incomplete_expired";
  return asked === undefined ? status !== "canceled" : status === asked;
}
