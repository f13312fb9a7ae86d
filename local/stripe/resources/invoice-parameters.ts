import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  flag,
  instants,
  integer,
  nonEmptyText,
  noneCarriedOut,
  notCarriedOut,
  oneOf,
  type ParametersOf,
  text,
} from "../parameters.ts";
import { expandPaths } from "./expand.ts";

const id = nonEmptyText(255);
const method = oneOf(["charge_automatically", "send_invoice"]);

export const listParameters = {
  ...pageParameters,
  collection_method: method,
  created: instants,
  customer: id,
  expand: expandPaths,
  status: oneOf(["draft", "open", "paid", "uncollectible", "void"]),
  subscription: id,
  customer_account: notCarriedOut,
  due_date: notCarriedOut,
} satisfies ParametersOf<Stripe.InvoiceListParams>;

export const createParameters = {
  auto_advance: flag,
  collection_method: method,
  currency: nonEmptyText(3),
  customer: id,
  default_payment_method: id,
  description: text(5000),
  expand: expandPaths,
  metadata,
  pending_invoice_items_behavior: oneOf(["exclude", "include"]),
  ...noneCarriedOut("account_tax_ids", "application_fee_amount", "automatic_tax", "automatically_finalizes_at"),
  ...noneCarriedOut("custom_fields", "customer_account", "days_until_due", "default_source", "default_tax_rates"),
  ...noneCarriedOut("discounts", "due_date", "effective_at", "footer", "from_invoice", "issuer", "number"),
  ...noneCarriedOut("on_behalf_of", "payment_settings", "rendering", "shipping_cost", "shipping_details"),
  ...noneCarriedOut("statement_descriptor", "subscription", "transfer_data"),
} satisfies ParametersOf<Stripe.InvoiceCreateParams>;

export const payParameters = {
  expand: expandPaths,
  off_session: flag,
  paid_out_of_band: flag,
  payment_method: id,
  ...noneCarriedOut("forgive", "mandate", "source"),
} satisfies ParametersOf<Stripe.InvoicePayParams>;

export const finalizeParameters = {
  auto_advance: flag,
  expand: expandPaths,
} satisfies ParametersOf<Stripe.InvoiceFinalizeInvoiceParams>;

export const retrieveParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.InvoiceRetrieveParams>;

export const itemParameters = {
  amount: integer({ min: -99_999_999, max: 99_999_999 }),
  currency: nonEmptyText(3),
  customer: id,
  description: text(5000),
  expand: expandPaths,
  metadata,
  quantity: integer({ min: 1, max: 1_000_000 }),
  ...noneCarriedOut("customer_account", "discountable", "discounts", "invoice", "period", "price_data", "pricing"),
  ...noneCarriedOut("quantity_decimal", "subscription", "tax_behavior", "tax_code", "tax_rates"),
  ...noneCarriedOut("unit_amount_decimal"),
} satisfies ParametersOf<Stripe.InvoiceItemCreateParams>;

export const lineParameters = {
  ...pageParameters,
  expand: expandPaths,
} satisfies ParametersOf<Stripe.InvoiceListLineItemsParams>;
