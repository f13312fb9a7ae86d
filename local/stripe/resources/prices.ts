import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { mergeMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { type ParametersOf, required } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { meterCollection } from "./meter-record.ts";
import { type Fields, newPrice } from "./new-price.ts";
import { createParameters, listParameters, updateParameters } from "./price-parameters.ts";
import { type PriceRecord, priceCollection } from "./price-record.ts";
import { productCollection } from "./product-record.ts";

const URL = "/v1/prices";

/** Stripe API reference, "Prices". What a price costs cannot be changed: another price is made. */
export function createPrices({ journal, clock, publish }: Account): Operation[] {
  const prices = priceCollection(journal);
  const products = productCollection(journal);
  const meters = meterCollection(journal);

  const get = (id: string): PriceRecord => getRecord(prices, "price", id);
  /** One active price has a lookup key; another takes it over only when told so. */
  const takeLookupKey = (key: string | undefined, mayTransfer: boolean | undefined, taker: string): void => {
    const owner = key === undefined ? undefined : prices.find((price) => price.lookup_key === key);
    if (owner === undefined || owner.id === taker) return;
    if (mayTransfer !== true) {
      throw invalidRequest(`A price (\`${owner.id}\`) already uses that lookup key.`, {
        code: "resource_already_exists",
        param: "lookup_key",
      });
    }
    prices.set(owner.id, { ...owner, lookup_key: null });
  };
  const readRecurring = (fields: Fields["recurring"]): Stripe.Price.Recurring | null => {
    if (fields === undefined) return null;
    const { meter, usage_type: usageType = "licensed" } = fields;
    // Stripe API changelog, 2025-03-31.basil: metered prices without a meter are gone.
    if (usageType === "metered" && meter === undefined) required(undefined, "recurring[meter]");
    if (usageType !== "metered" && meter !== undefined) {
      throw invalidRequest("`recurring[meter]` requires `recurring[usage_type]=metered`.", {
        param: "recurring[meter]",
      });
    }
    if (meter !== undefined && meters.get(meter)?.status !== "active") {
      throw resourceMissing("billing meter", meter, "recurring[meter]");
    }
    return {
      interval: required(fields.interval, "recurring[interval]"),
      interval_count: fields.interval_count ?? 1,
      meter: meter ?? null,
      trial_period_days: null,
      usage_type: usageType,
    };
  };

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: "rak_plan_write",
      parameters: createParameters,
      run: (fields) => {
        const product = required(fields.product, "product");
        if (!products.has(product)) throw resourceMissing("product", product, "product");
        const price = newPrice(product, fields, readRecurring(fields.recurring), readSeconds(clock));
        takeLookupKey(fields.lookup_key, fields.transfer_lookup_key, price.id);
        publish("price.created", price);
        return prices.set(price.id, price);
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: "rak_plan_read",
      parameters: listParameters,
      run: ({ active, created, currency, lookup_keys: keys, product, recurring, type, ...page }) =>
        renderPage(
          prices
            .filter(
              (price) =>
                fits(price.active, active) &&
                fits(price.currency, currency) &&
                (keys === undefined || keys.includes(price.lookup_key ?? "")) &&
                fits(price.product, product) &&
                fits(price.type, type) &&
                fits(price.recurring?.interval, recurring?.interval) &&
                fits(price.recurring?.meter, recurring?.meter) &&
                fits(price.recurring?.usage_type, recurring?.usage_type) &&
                isWithin(price.created, created),
            )
            .reverse(),
          page,
          { kind: "price", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: "rak_plan_read",
      parameters: { expand: expandPaths } satisfies ParametersOf<Stripe.PriceRetrieveParams>,
      run: (_parameters, id) => get(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: "rak_plan_write",
      parameters: updateParameters,
      run: (
        { active, lookup_key: key, transfer_lookup_key: mayTransfer, nickname, metadata, tax_behavior: tax },
        id,
      ) => {
        const before = get(id);
        takeLookupKey(key, mayTransfer, id);
        const price: PriceRecord = {
          ...before,
          ...(active !== undefined && { active }),
          ...(key !== undefined && { lookup_key: key }),
          ...(nickname !== undefined && { nickname }),
          ...(tax !== undefined && { tax_behavior: tax }),
          ...(metadata !== undefined && { metadata: mergeMetadata(before.metadata, metadata) }),
        };
        publish("price.updated", price, before);
        return prices.set(id, price);
      },
    }),
  ];
}
