import type Stripe from "stripe";
import { metadata } from "../metadata.ts";
import { pageParameters } from "../pages.ts";
import {
  emptyable,
  instants,
  integer,
  list,
  nonEmptyText,
  notCarriedOut,
  object,
  oneOf,
  type ParametersOf,
  text,
} from "../parameters.ts";
import { address } from "./address-parameter.ts";
import { email } from "./email-parameter.ts";
import { expandPaths } from "./expand.ts";

const amount = integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

const written = {
  address: emptyable(address),
  balance: amount,
  description: text(5000),
  email,
  invoice_prefix: text(12),
  metadata,
  name: text(256),
  next_invoice_sequence: integer({ min: 1, max: 1_000_000_000 }),
  phone: text(20),
  preferred_locales: emptyable(list(nonEmptyText(20))),
  shipping: emptyable(object({ address, name: nonEmptyText(5000), phone: text(20) })),
  tax_exempt: emptyable(oneOf(["exempt", "none", "reverse"])),
  business_name: notCarriedOut,
  cash_balance: notCarriedOut,
  expand: expandPaths,
  individual_name: notCarriedOut,
  invoice_settings: object({
    default_payment_method: text(255),
    custom_fields: notCarriedOut,
    footer: notCarriedOut,
    rendering_options: notCarriedOut,
  } satisfies ParametersOf<Stripe.CustomerCreateParams.InvoiceSettings>),
  source: notCarriedOut,
  tax: notCarriedOut,
  validate: notCarriedOut,
} satisfies Partial<ParametersOf<Stripe.CustomerCreateParams | Stripe.CustomerUpdateParams>>;

export const createParameters = {
  ...written,
  payment_method: nonEmptyText(255),
  tax_id_data: notCarriedOut,
  test_clock: notCarriedOut,
} satisfies ParametersOf<Stripe.CustomerCreateParams>;

export const updateParameters = {
  ...written,
  default_source: notCarriedOut,
} satisfies ParametersOf<Stripe.CustomerUpdateParams>;

export const listParameters = {
  ...pageParameters,
  created: instants,
  email: nonEmptyText(512),
  expand: expandPaths,
  test_clock: notCarriedOut,
} satisfies ParametersOf<Stripe.CustomerListParams>;

export const searchParameters = {
  query: nonEmptyText(5000),
  limit: pageParameters.limit,
  page: nonEmptyText(255),
  expand: expandPaths,
} satisfies ParametersOf<Stripe.CustomerSearchParams>;

export const retrieveParameters = { expand: expandPaths } satisfies ParametersOf<Stripe.CustomerRetrieveParams>;

export const deleteParameters = {} satisfies ParametersOf<Stripe.CustomerDeleteParams>;
