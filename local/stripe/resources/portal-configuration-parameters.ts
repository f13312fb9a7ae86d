import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  emptyable,
  flag,
  integer,
  list,
  nonEmptyText,
  notCarriedOut,
  object,
  oneOf,
  type ParametersOf,
  text,
} from "../parameters.ts";
import { expandPaths } from "./expand.ts";

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

const prorations = oneOf(["always_invoice", "create_prorations", "none"]);

const featureParameters = {
  customer_update: object({
    allowed_updates: emptyable(list(oneOf(["address", "email", "name", "phone", "shipping", "tax_id"]))),
    enabled: flag,
  } satisfies ParametersOf<Features["customer_update"] & {}>),
  invoice_history: object({ enabled: flag } satisfies ParametersOf<Features["invoice_history"] & {}>),
  payment_method_update: object({
    enabled: flag,
    payment_method_configuration: notCarriedOut,
  } satisfies ParametersOf<Features["payment_method_update"] & {}>),
  subscription_cancel: object({
    cancellation_reason: object({
      enabled: flag,
      options: emptyable(
        list(
          oneOf([
            "customer_service",
            "low_quality",
            "missing_features",
            "other",
            "switched_service",
            "too_complex",
            "too_expensive",
            "unused",
          ]),
        ),
      ),
      feedback_options: notCarriedOut,
    }),
    enabled: flag,
    mode: oneOf(["at_period_end", "immediately"]),
    proration_behavior: prorations,
  } satisfies ParametersOf<Features["subscription_cancel"] & {}>),
  subscription_pause: object({
    enabled: oneOf(["false"]),
    duration: notCarriedOut,
  } satisfies ParametersOf<Features["subscription_pause"] & {}>),
  subscription_update: object({
    billing_cycle_anchor: oneOf(["now", "unchanged"]),
    default_allowed_updates: emptyable(list(oneOf(["price", "promotion_code", "quantity"]))),
    enabled: flag,
    products: emptyable(
      list(
        object({
          prices: list(nonEmptyText(255)),
          product: nonEmptyText(255),
          adjustable_quantity: object({
            enabled: flag,
            maximum: integer({ min: 1, max: 999_999 }),
            minimum: integer({ min: 0, max: 999_999 }),
          }),
        }),
      ),
    ),
    proration_behavior: prorations,
    schedule_at_period_end: notCarriedOut,
    trial_update_behavior: oneOf(["continue_trial", "end_trial"]),
  } satisfies ParametersOf<Features["subscription_update"] & {}>),
} satisfies ParametersOf<Features>;

export const createParameters = {
  business_profile: object({
    headline: text(60),
    privacy_policy_url: text(5000),
    terms_of_service_url: text(5000),
  }),
  default_return_url: text(5000),
  expand: expandPaths,
  features: object(featureParameters),
  // Where customers log in by themselves: not here.
  login_page: object({ enabled: oneOf(["false"]) }),
  metadata,
  name: text(150),
} satisfies ParametersOf<Stripe.BillingPortal.ConfigurationCreateParams>;

export const updateParameters = {
  ...createParameters,
  active: flag,
} satisfies ParametersOf<Stripe.BillingPortal.ConfigurationUpdateParams>;

export const listParameters = {
  ...pageParameters,
  active: flag,
  expand: expandPaths,
  is_default: flag,
} satisfies ParametersOf<Stripe.BillingPortal.ConfigurationListParams>;

export const retrieveParameters = {
  expand: expandPaths,
} satisfies ParametersOf<Stripe.BillingPortal.ConfigurationRetrieveParams>;
