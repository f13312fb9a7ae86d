import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { required } from "../parameters.ts";
import { newCustomer, withFields } from "./customer-fields.ts";
import {
  createParameters,
  deleteParameters,
  listParameters,
  retrieveParameters,
  searchParameters,
  updateParameters,
} from "./customer-parameters.ts";
import { customerCollection, getLiveCustomer, isLive } from "./customer-record.ts";
import { createCustomerIndex, parseQuery } from "./customer-search.ts";
import { openPaymentMethods } from "./payment-method-store.ts";
import { isOver } from "./subscription-record.ts";
import { openSubscriptions } from "./subscription-store.ts";

const URL = "/v1/customers";

/** Stripe API reference, "Customers". */
export function createCustomers(account: Account): Operation[] {
  const { journal, clock, publish } = account;
  const customers = customerCollection(journal);
  const index = createCustomerIndex(customers, clock);
  const subscriptions = openSubscriptions(account);
  const methods = openPaymentMethods(account);

  const getLive = (id: string): Stripe.Customer => getLiveCustomer(customers, id);
  const save = (customer: Stripe.Customer): Stripe.Customer => {
    customers.set(customer.id, customer);
    index.note(customer.id);
    return customer;
  };
  /** What becomes the default. A test token stands for a new payment method each time: twice the same one names one. */
  const attachNew = ({ id }: Stripe.Customer, method: string | undefined, chosen: string | null | undefined) => {
    if (method === undefined) return chosen;
    const attached = methods.attach(methods.get(method, "payment_method"), id).id;
    return chosen === method ? attached : chosen;
  };
  const withDefault = (customer: Stripe.Customer, method: string | null | undefined): Stripe.Customer => {
    if (method === undefined) return customer;
    if (method !== null) methods.checkOwner(method, customer.id, "invoice_settings[default_payment_method]");
    return { ...customer, invoice_settings: { ...customer.invoice_settings, default_payment_method: method } };
  };

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: "rak_customer_write",
      parameters: createParameters,
      run: ({ expand: _expand, payment_method: method, invoice_settings: settings, ...fields }) => {
        const customer = save(withFields(newCustomer(readSeconds(clock)), fields));
        try {
          const whole = save(withDefault(customer, attachNew(customer, method, settings?.default_payment_method)));
          publish("customer.created", whole);
          return whole;
        } catch (error) {
          // A card that the bank refuses: then there is no customer either.
          customers.delete(customer.id);
          throw error;
        }
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: "rak_customer_read",
      parameters: listParameters,
      run: ({ email, created, ...page }) =>
        renderPage(
          customers
            .filter((one) => isLive(one) && fits(one.email, email) && isWithin(one.created, created))
            .filter(isLive)
            .reverse(),
          page,
          { kind: "customer", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/search`,
      permission: "rak_customer_read",
      parameters: searchParameters,
      run: ({ query, limit = 10, page }) => index.search(parseQuery(required(query, "query")), limit, page),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: "rak_customer_read",
      parameters: retrieveParameters,
      run: (_parameters, id) => getRecord(customers, "customer", id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: "rak_customer_write",
      parameters: updateParameters,
      run: ({ expand: _expand, invoice_settings: settings, ...fields }, id) => {
        const before = getLive(id);
        const customer = save(withDefault(withFields(before, fields), settings?.default_payment_method));
        publish("customer.updated", customer, before);
        return customer;
      },
    }),
    defineOperation({
      method: "DELETE",
      route: `${URL}/:id`,
      permission: "rak_customer_write",
      parameters: deleteParameters,
      run: (_parameters, id) => {
        const customer = getLive(id);
        // Stripe API reference, "Delete a customer": at once.
        for (const subscription of subscriptions.filter((one) => one.customer === id && !isOver(one))) {
          subscriptions.cancel(subscription);
        }
        const stub: Stripe.DeletedCustomer = { id, object: "customer", deleted: true };
        customers.set(id, stub);
        index.note(id);
        publish("customer.deleted", customer);
        return stub;
      },
    }),
  ];
}
