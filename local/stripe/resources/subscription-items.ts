import type { Account } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { type MetadataChange, mergeMetadata } from "../metadata.ts";
import { required } from "../parameters.ts";
import { addIntervals } from "./period.ts";
import { type PriceRecord, priceCollection } from "./price-record.ts";
import type { PlanRecord, SubscriptionItemRecord } from "./subscription-record.ts";

/** Stripe docs, "Subscriptions with multiple products". */
const MAXIMUM_ITEMS = 20;

export interface ItemFields {
  readonly id?: string;
  readonly deleted?: boolean;
  readonly price?: string;
  readonly quantity?: number;
  readonly metadata?: MetadataChange;
}

interface ItemContext {
  readonly subscription: string;
  /** Seconds since the epoch. */
  readonly now: number;
  /** When the period of new items ends, if not an interval from now: a trial's end. */
  readonly periodEnd: number | undefined;
}

export type MergeItems = (
  before: readonly SubscriptionItemRecord[],
  fields: readonly ItemFields[],
  context: ItemContext,
) => SubscriptionItemRecord[];

/** The items of a subscription with what a creation or an update named: the others stay. */
export function createMergeItems({ journal }: Account): MergeItems {
  const prices = priceCollection(journal);

  const getPrice = (id: string, param: string): PriceRecord => {
    const price = getRecord(prices, "price", id, param);
    if (!price.active) {
      throw invalidRequest("The price specified is inactive. This field only accepts active prices.", { param });
    }
    if (price.recurring === null) {
      throw invalidRequest(
        "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
        { param },
      );
    }
    return price;
  };

  return (before, fields, { subscription, now, periodEnd }) => {
    const items = new Map(before.map((item) => [item.id, item]));
    fields.forEach((given, index) => {
      const place = `items[${index}]`;
      const current = given.id === undefined ? undefined : items.get(given.id);
      if (given.id !== undefined && current === undefined) {
        throw resourceMissing("subscription item", given.id, `${place}[id]`);
      }
      if (given.deleted === true && current !== undefined) {
        items.delete(current.id);
        return;
      }
      const isPriceGiven = given.price !== undefined || current === undefined;
      const price = isPriceGiven
        ? getPrice(required(given.price, `${place}[price]`), `${place}[price]`)
        : current.price;
      if (price.recurring?.usage_type === "metered" && given.quantity !== undefined) {
        throw invalidRequest(
          "Quantity should not be specified where usage_type is `metered`. Remove quantity from `items`.",
          { param: `${place}[quantity]` },
        );
      }
      const item = current ?? newItem(subscription, price, now, periodEnd);
      items.set(item.id, {
        ...item,
        price,
        plan: renderPlan(price),
        metadata: mergeMetadata(item.metadata, given.metadata ?? new Map()),
        ...(price.recurring?.usage_type !== "metered" && { quantity: given.quantity ?? item.quantity ?? 1 }),
      });
    });
    return checkTogether([...items.values()]);
  };
}

function checkTogether(items: SubscriptionItemRecord[]): SubscriptionItemRecord[] {
  if (items.length === 0) {
    throw invalidRequest("A subscription must have at least one active plan.", { param: "items" });
  }
  if (items.length > MAXIMUM_ITEMS) {
    throw invalidRequest(`A subscription can have up to ${MAXIMUM_ITEMS} items.`, { param: "items" });
  }
  if (new Set(items.map(({ price }) => price.id)).size < items.length) {
    throw invalidRequest("Cannot add multiple subscription items with the same plan.", { param: "items" });
  }
  if (new Set(items.map(({ price }) => price.currency)).size > 1) {
    throw invalidRequest("The price specified only supports one currency: all items of a subscription must share it.", {
      param: "items",
    });
  }
  return items;
}

function newItem(
  subscription: string,
  price: PriceRecord,
  now: number,
  periodEnd: number | undefined,
): SubscriptionItemRecord {
  const { recurring } = price;
  return {
    id: createId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: now,
    current_period_start: now,
    current_period_end: periodEnd ?? (recurring === null ? now : addIntervals(now, recurring, 1)),
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: renderPlan(price),
    price,
    subscription,
    tax_rates: [],
  };
}

/** The older form of a price, which Stripe goes on sending beside it. */
function renderPlan(price: PriceRecord): PlanRecord {
  const { recurring } = price;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring?.interval ?? "month",
    interval_count: recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: recurring?.usage_type ?? "licensed",
  };
}
