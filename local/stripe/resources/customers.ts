import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { applyFields, newCustomer } from "./customer-fields.ts";
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
