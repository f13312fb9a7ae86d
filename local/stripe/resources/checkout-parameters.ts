import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  flag,
  instants,
  integer,
  list,
  nonEmptyText,
  noneCarriedOut,
  notCarriedOut,
  object,
  oneOf,
  type ParametersOf,
  type Parser,
  seconds,
} from "../parameters.ts";
import { address } from "./address-parameter.ts";
import { email } from "./email-parameter.ts";
import { expandPaths } from "./expand.ts";
import { trialParameters } from "./trial-parameters.ts";

const id = nonEmptyText(255);

/** With `{CHECKOUT_SESSION_ID}` as it is: Stripe fills it in when it sends the customer there. */
export const webUrl: Parser<string> = (value, name) => {
  const given = nonEmptyText(5000)(value, name);
  if (URL.canParse(given) && /^https?:/.test(given)) return given;
  throw invalidRequest("Not a valid URL", { code: "url_invalid", param: name });
};

const subscriptionData = {
  description: nonEmptyText(500),
  metadata,
  ...trialParameters,
  // Flexible is what the local Stripe has.
  billing_mode: object({ type: oneOf(["flexible"]), flexible: notCarriedOut }),
  proration_behavior: oneOf(["create_prorations", "none"]),
  ...noneCarriedOut("application_fee_percent", "billing_cycle_anchor", "billing_cycle_anchor_config"),
  ...noneCarriedOut("default_tax_rates", "invoice_settings", "on_behalf_of", "pending_invoice_item_interval"),
  ...noneCarriedOut("transfer_data"),
} satisfies ParametersOf<Stripe.Checkout.SessionCreateParams.SubscriptionData>;

export const createParameters = {
  allow_promotion_codes: flag,
  billing_address_collection: oneOf(["auto", "required"]),
  cancel_url: webUrl,
  client_reference_id: nonEmptyText(200),
  currency: nonEmptyText(3),
  customer: id,
  customer_creation: oneOf(["always", "if_required"]),
  customer_email: email,
  // What would be written back: nothing but the email is asked for here.
  customer_update: object({
    address: oneOf(["auto", "never"]),
    name: oneOf(["auto", "never"]),
    shipping: oneOf(["auto", "never"]),
  } satisfies ParametersOf<Stripe.Checkout.SessionCreateParams.CustomerUpdate>),
  discounts: notCarriedOut,
  expand: expandPaths,
  expires_at: seconds,
  line_items: list(
    object({
      metadata,
      price: id,
      quantity: integer({ min: 1, max: 1_000_000 }),
      ...noneCarriedOut("adjustable_quantity", "price_data", "tax_rates"),
    } satisfies ParametersOf<Stripe.Checkout.SessionCreateParams.LineItem>),
  ),
  locale: nonEmptyText(10),
  metadata,
  mode: oneOf(["payment", "subscription", "setup"]),
  // Where the goods go: shown nowhere here.
  payment_intent_data: object({
    description: nonEmptyText(1000),
    metadata,
    shipping: object({
      address,
      name: nonEmptyText(5000),
      phone: nonEmptyText(20),
      carrier: notCarriedOut,
      tracking_number: notCarriedOut,
    }),
    ...noneCarriedOut("application_fee_amount", "capture_method", "on_behalf_of", "receipt_email"),
    ...noneCarriedOut("setup_future_usage", "statement_descriptor", "statement_descriptor_suffix", "transfer_data"),
    ...noneCarriedOut("transfer_group"),
  } satisfies ParametersOf<Stripe.Checkout.SessionCreateParams.PaymentIntentData>),
  payment_method_collection: oneOf(["always", "if_required"]),
  subscription_data: object(subscriptionData),
  success_url: webUrl,
  ui_mode: oneOf(["hosted_page"]),
  ...noneCarriedOut("adaptive_pricing", "after_expiration", "allowed_payment_method_types", "automatic_tax"),
  ...noneCarriedOut("branding_settings", "consent_collection", "custom_fields", "custom_text", "customer_account"),
  ...noneCarriedOut("excluded_payment_method_types", "integration_identifier", "invoice_creation"),
  ...noneCarriedOut("managed_payments", "name_collection", "optional_items", "origin_context"),
  ...noneCarriedOut("payment_method_configuration", "payment_method_data", "payment_method_options", "permissions"),
  ...noneCarriedOut("phone_number_collection", "redirect_on_completion", "return_url", "saved_payment_method_options"),
  ...noneCarriedOut("setup_intent_data", "shipping_address_collection", "shipping_options", "submit_type"),
  ...noneCarriedOut("tax_id_collection", "wallet_options"),
} satisfies ParametersOf<Stripe.Checkout.SessionCreateParams>;

export const listParameters = {
  ...pageParameters,
  created: instants,
  customer: id,
  customer_details: object({ email }),
  expand: expandPaths,
  payment_intent: id,
  status: oneOf(["complete", "expired", "open"]),
  subscription: id,
  ...noneCarriedOut("customer_account", "payment_link"),
} satisfies ParametersOf<Stripe.Checkout.SessionListParams>;

export const retrieveParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.Checkout.SessionRetrieveParams>;
export const expireParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.Checkout.SessionExpireParams>;
export const lineItemParameters = {
  ...pageParameters,
  expand: expandPaths,
} satisfies ParametersOf<Stripe.Checkout.SessionListLineItemsParams>;
