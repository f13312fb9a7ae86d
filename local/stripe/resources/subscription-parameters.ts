import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  emptyable,
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
  seconds,
  text,
} from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { SUBSCRIPTION_STATUSES } from "./subscription-record.ts";
import { trialParameters } from "./trial-parameters.ts";

const id = nonEmptyText(255);
const quantity = integer({ min: 0, max: 1_000_000_000 });
const trialEnd: Parser<number | "now"> = (value, name) => (value === "now" ? value : seconds(value, name));

const itemOf = {
  metadata,
  price: id,
  quantity,
  billing_thresholds: notCarriedOut,
  discounts: notCarriedOut,
  plan: notCarriedOut,
  price_data: notCarriedOut,
  tax_rates: notCarriedOut,
  trial: notCarriedOut,
  trial_offer: notCarriedOut,
};

/** Nothing is invoiced or charged here: what only decides about that is taken and changes nothing. */
const ofPayment = {
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  days_until_due: integer({ min: 0, max: 1000 }),
  off_session: flag,
  proration_behavior: oneOf(["always_invoice", "create_prorations", "none"]),
};

const written = {
  ...ofPayment,
  cancel_at_period_end: flag,
  expand: expandPaths,
  metadata,
  description: text(500),
  trial_end: trialEnd,
  add_invoice_items: notCarriedOut,
  application_fee_percent: notCarriedOut,
  automatic_tax: notCarriedOut,
  billing_cycle_anchor: notCarriedOut,
  billing_schedules: notCarriedOut,
  billing_thresholds: notCarriedOut,
  default_payment_method: text(255),
  default_source: notCarriedOut,
  default_tax_rates: notCarriedOut,
  discounts: notCarriedOut,
  invoice_settings: notCarriedOut,
  on_behalf_of: notCarriedOut,
  payment_settings: notCarriedOut,
  pending_invoice_item_interval: notCarriedOut,
  transfer_data: notCarriedOut,
  trial_from_plan: notCarriedOut,
  trial_settings: trialParameters.trial_settings,
};

export const createParameters = {
  ...written,
  cancel_at: seconds,
  customer: id,
  items: list(object(itemOf)),
  payment_behavior: oneOf(["allow_incomplete", "default_incomplete", "error_if_incomplete"]),
  trial_period_days: trialParameters.trial_period_days,
  backdate_start_date: notCarriedOut,
  billing_cycle_anchor_config: notCarriedOut,
  billing_mode: notCarriedOut,
  currency: notCarriedOut,
  customer_account: notCarriedOut,
} satisfies ParametersOf<Stripe.SubscriptionCreateParams>;

export const updateParameters = {
  ...written,
  cancel_at: emptyable(seconds),
  items: list(object({ ...itemOf, id, deleted: flag, clear_usage: notCarriedOut })),
  pause_collection: emptyable(
    object({ behavior: oneOf(["keep_as_draft", "mark_uncollectible", "void"]), resumes_at: seconds }),
  ),
  cancellation_details: notCarriedOut,
  payment_behavior: oneOf(["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"]),
  proration_date: notCarriedOut,
} satisfies ParametersOf<Stripe.SubscriptionUpdateParams>;

export const listParameters = {
  ...pageParameters,
  collection_method: ofPayment.collection_method,
  created: instants,
  customer: id,
  expand: expandPaths,
  price: id,
  status: oneOf([...SUBSCRIPTION_STATUSES, "all", "ended"]),
  automatic_tax: notCarriedOut,
  current_period_end: notCarriedOut,
  current_period_start: notCarriedOut,
  customer_account: notCarriedOut,
  plan: notCarriedOut,
  test_clock: notCarriedOut,
} satisfies ParametersOf<Stripe.SubscriptionListParams>;

export const cancelParameters = {
  expand: expandPaths,
  invoice_now: flag,
  prorate: flag,
  cancellation_details: notCarriedOut,
} satisfies ParametersOf<Stripe.SubscriptionCancelParams>;

export const retrieveParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.SubscriptionRetrieveParams>;

export const itemParameters = {
  ...pageParameters,
  expand: expandPaths,
  subscription: nonEmptyText(255),
} satisfies ParametersOf<Stripe.SubscriptionItemListParams>;
