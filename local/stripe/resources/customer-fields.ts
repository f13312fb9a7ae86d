import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import type { Parsed } from "../parameters.ts";
import type { createParameters, updateParameters } from "./customer-parameters.ts";

/** What is not a plain member of a customer is applied by the call. */
type Fields = Omit<
  Parsed<typeof createParameters> | Parsed<typeof updateParameters>,
  "expand" | "invoice_settings" | "payment_method"
>;

/** A customer as Stripe makes one of nothing. `created`: seconds since the epoch. */
export function newCustomer(created: number): Stripe.Customer {
  const id = createId("cus");
  return {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

/** The customer with what a creation or an update named. */
export function withFields(customer: Stripe.Customer, fields: Fields): Stripe.Customer {
  const { metadata, address, shipping, preferred_locales: locales, tax_exempt: taxExempt, ...plain } = fields;
  return {
    ...customer,
    ...withoutUndefined({
      ...plain,
      address: address && fillAddress(address),
      shipping: shipping && renderShipping(shipping),
      preferred_locales: locales === null ? [] : locales,
      tax_exempt: taxExempt === null ? "none" : taxExempt,
      metadata: metadata && mergeMetadata(customer.metadata, metadata),
    }),
  };
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

type AddressFields = { [K in keyof Stripe.Address]?: string | null };

function fillAddress(address: AddressFields): Stripe.Address {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = address;
  return { city, country, line1, line2, postal_code, state };
}

function renderShipping({ address, name, phone }: ShippingFields): Stripe.Customer.Shipping {
  if (name === undefined || address === undefined) {
    const param = name === undefined ? "shipping[name]" : "shipping[address]";
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  }
  return { address: fillAddress(address), name, phone: phone ?? null };
}

type ShippingFields = { address?: AddressFields; name?: string; phone?: string | null };
