import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  decimal,
  flag,
  instants,
  integer,
  list,
  nonEmptyText,
  notCarriedOut,
  object,
  oneOf,
  type ParametersOf,
  type Parser,
} from "../parameters.ts";
import { expandPaths } from "./expand.ts";

const currency: Parser<string> = (value, name) => nonEmptyText(3)(value, name).toLowerCase();
const interval = oneOf(["day", "week", "month", "year"]);
const usageType = oneOf(["licensed", "metered"]);
const taxBehavior = oneOf(["exclusive", "inclusive", "unspecified"]);

const written = {
  active: flag,
  expand: expandPaths,
  lookup_key: nonEmptyText(200),
  metadata,
  nickname: nonEmptyText(5000),
  tax_behavior: taxBehavior,
  transfer_lookup_key: flag,
  currency_options: notCarriedOut,
} satisfies ParametersOf<Stripe.PriceUpdateParams>;

export const createParameters = {
  ...written,
  currency,
  product: nonEmptyText(255),
  recurring: object({
    interval,
    interval_count: integer({ min: 1, max: 1095 }),
    meter: nonEmptyText(255),
    usage_type: usageType,
    trial_period_days: notCarriedOut,
  } satisfies ParametersOf<Stripe.PriceCreateParams.Recurring>),
  unit_amount: integer({ min: 0, max: 99_999_999 }),
  unit_amount_decimal: decimal,
  billing_scheme: oneOf(["per_unit"]),
  custom_unit_amount: notCarriedOut,
  product_data: notCarriedOut,
  tiers: notCarriedOut,
  tiers_mode: notCarriedOut,
  transform_quantity: notCarriedOut,
} satisfies ParametersOf<Stripe.PriceCreateParams>;

export const updateParameters = written;

export const listParameters = {
  ...pageParameters,
  active: flag,
  created: instants,
  currency,
  expand: expandPaths,
  // Stripe API reference, "List all prices": up to 10.
  lookup_keys: list(nonEmptyText(200)),
  product: nonEmptyText(255),
  recurring: object({ interval, meter: nonEmptyText(255), usage_type: usageType }),
  type: oneOf(["one_time", "recurring"]),
} satisfies ParametersOf<Stripe.PriceListParams>;
