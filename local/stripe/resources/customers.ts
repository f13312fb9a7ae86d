import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { createId } from "../ids.ts";
import { applyMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import type { Parsed } from "../parameters.ts";
import {
  createParameters,
  deleteParameters,
  listParameters,
  retrieveParameters,
  searchParameters,
  updateParameters,
} from "./customer-parameters.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { createCustomerIndex, parseQuery } from "./customer-search.ts";

const url = "/v1/customers";
type Fields = Parsed<typeof createParameters> | Parsed<typeof updateParameters>;

/** Stripe API reference, "Customers". */
export function createCustomers({ journal, clock }: Account): Operation[] {
  const customers = customerCollection(journal);
  const index = createCustomerIndex(customers, clock);

  const readLive = (id: string): Stripe.Customer => {
    const record = customers.get(id);
    if (record === undefined || !isLive(record)) throw resourceMissing("customer", id);
    return record;
  };
  const save = (customer: Stripe.Customer): Stripe.Customer => {
    customers.set(customer.id, customer);
    index.note(customer.id);
    return customer;
  };
  const newestFirst = (matches: (customer: Stripe.Customer) => boolean): Stripe.Customer[] =>
    customers
      .filter((record) => isLive(record) && matches(record))
      .filter(isLive)
      .reverse();

  return [
    defineOperation({
      method: "POST",
      route: url,
      permission: "rak_customer_write",
      parameters: createParameters,
      run: (fields) => save(applyFields(newCustomer(readSeconds(clock)), fields)),
    }),
    defineOperation({
      method: "GET",
      route: url,
      permission: "rak_customer_read",
      parameters: listParameters,
      run: ({ email, created, ...page }) =>
        renderPage(
          newestFirst(
            (customer) =>
              (email === undefined || customer.email === email) &&
              customer.created > (created?.gt ?? -1) &&
              customer.created >= (created?.gte ?? 0) &&
              customer.created < (created?.lt ?? Number.POSITIVE_INFINITY) &&
              customer.created <= (created?.lte ?? Number.POSITIVE_INFINITY),
          ),
          page,
          { kind: "customer", url },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${url}/search`,
      permission: "rak_customer_read",
      parameters: searchParameters,
      run: ({ query, limit = 10, page }) => {
        if (query === undefined)
          throw invalidRequest("Missing required param: query.", { code: "parameter_missing", param: "query" });
        return index.search(parseQuery(query), limit, page);
      },
    }),
    defineOperation({
      method: "GET",
      route: `${url}/:id`,
      permission: "rak_customer_read",
      parameters: retrieveParameters,
      run: (_parameters, id) => {
        const record = customers.get(id);
        if (record === undefined) throw resourceMissing("customer", id);
        return record;
      },
    }),
    defineOperation({
      method: "POST",
      route: `${url}/:id`,
      permission: "rak_customer_write",
      parameters: updateParameters,
      run: (fields, id) => save(applyFields(readLive(id), fields)),
    }),
    defineOperation({
      method: "DELETE",
      route: `${url}/:id`,
      permission: "rak_customer_write",
      parameters: deleteParameters,
      run: (_parameters, id) => {
        readLive(id);
        const stub: Stripe.DeletedCustomer = { id, object: "customer", deleted: true };
        customers.set(id, stub);
        index.note(id);
        return stub;
      },
    }),
  ];
}

function newCustomer(created: number): Stripe.Customer {
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

function applyFields(customer: Stripe.Customer, fields: Fields): Stripe.Customer {
  const { metadata, address, shipping, preferred_locales: locales, tax_exempt: taxExempt, ...plain } = fields;
  return {
    ...customer,
    ...withoutUndefined({
      ...plain,
      address: address && fillAddress(address),
      shipping: shipping && renderShipping(shipping),
      preferred_locales: locales === null ? [] : locales,
      tax_exempt: taxExempt === null ? "none" : taxExempt,
      metadata: metadata && applyMetadata(customer.metadata, metadata),
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
