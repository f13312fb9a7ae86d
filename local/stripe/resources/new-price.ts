import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import { type Parsed, required } from "../parameters.ts";
import type { createParameters } from "./price-parameters.ts";
import type { PriceRecord } from "./price-record.ts";

export type Fields = Parsed<typeof createParameters>;

export function newPrice(
  product: string,
  fields: Fields,
  recurring: Stripe.Price.Recurring | null,
  created: number,
): PriceRecord {
  const { unit_amount: amount, unit_amount_decimal: exact } = fields;
  if (amount !== undefined && exact !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: unit_amount, unit_amount_decimal.");
  }
  const decimal = exact ?? String(required(amount, "unit_amount"));
  return {
    id: createId("price", 24),
    object: "price",
    active: fields.active ?? true,
    billing_scheme: "per_unit",
    created,
    currency: required(fields.currency, "currency"),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: fields.lookup_key ?? null,
    metadata: mergeMetadata({}, fields.metadata ?? "clear"),
    nickname: fields.nickname ?? null,
    product,
    recurring,
    tax_behavior: fields.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring === null ? "one_time" : "recurring",
    unit_amount: /^\d+$/.test(decimal) ? Number(decimal) : null,
    unit_amount_decimal: decimal,
  };
}
