import { type Account, readSeconds } from "../account.ts";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { mergeMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { type Parsed, required } from "../parameters.ts";
import { checkCard } from "./card-number.ts";
import { customerCollection } from "./customer-record.ts";
import {
  attachParameters,
  createParameters,
  detachParameters,
  listOfCustomerParameters,
  listParameters,
  updateParameters,
} from "./payment-method-parameters.ts";
import { newPaymentMethod, type PaymentMethodRecord } from "./payment-method-record.ts";
import { openPaymentMethods } from "./payment-method-store.ts";

const URL = "/v1/payment_methods";
const READ = "rak_payment_method_read";
const WRITE = "rak_payment_method_write";

/** Stripe API reference, "Payment methods": test cards, by number or by token. */
export function createPaymentMethods(account: Account): Operation[] {
  const { journal, clock, publish } = account;
  const methods = openPaymentMethods(account);
  const customers = customerCollection(journal);

  const create = (card: Parsed<typeof createParameters>["card"]): PaymentMethodRecord => {
    // `tok_visa` is the older name of `pm_card_visa`.
    if (card?.token !== undefined) return methods.get(card.token.replace(/^tok_/, "pm_card_"), "card[token]");
    const checked = checkCard(
      {
        number: required(card?.number, "card[number]"),
        month: required(card?.exp_month, "card[exp_month]"),
        year: required(card?.exp_year, "card[exp_year]"),
      },
      clock,
    );
    return newPaymentMethod(checked.card, checked.expiry, readSeconds(clock));
  };

  const list = (customer: string, url: string, page: Parsed<typeof listOfCustomerParameters>) =>
    renderPage(methods.listOf(customer), page, { kind: "PaymentMethod", url });

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: WRITE,
      parameters: createParameters,
      run: ({ type, card, ...fields }) => {
        required(type, "type");
        return methods.save(withFields(create(required(card, "card")), fields));
      },
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: listParameters,
      run: ({ customer, ...page }) => list(required(customer, "customer"), URL, page),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: detachParameters,
      run: (_parameters, id) => methods.get(id),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id`,
      permission: WRITE,
      parameters: updateParameters,
      run: ({ card, ...fields }, id) => {
        const before = methods.get(id);
        if (before.customer === null) {
          throw invalidRequest("You must save this PaymentMethod to a customer before you can update it.");
        }
        const after = methods.save(withFields({ ...before, card: { ...before.card, ...card } }, fields));
        publish("payment_method.updated", after, before);
        return after;
      },
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/attach`,
      permission: WRITE,
      parameters: attachParameters,
      run: ({ customer }, id) => methods.attach(methods.get(id), required(customer, "customer")),
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/detach`,
      permission: WRITE,
      parameters: detachParameters,
      run: (_parameters, id) => methods.detach(methods.get(id)),
    }),
    defineOperation({
      method: "GET",
      route: "/v1/customers/:id/payment_methods",
      permission: READ,
      parameters: listOfCustomerParameters,
      run: (page, id) => {
        if (!customers.has(id)) throw resourceMissing("customer", id);
        return list(id, `/v1/customers/${id}/payment_methods`, page);
      },
    }),
  ];
}

type Fields = Pick<Parsed<typeof createParameters>, "allow_redisplay" | "billing_details" | "metadata">;

function withFields(method: PaymentMethodRecord, fields: Fields): PaymentMethodRecord {
  const { allow_redisplay: redisplay, billing_details: details, metadata } = fields;
  const { address, ...contact } = details ?? {};
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = address ?? {};
  return {
    ...method,
    ...(redisplay !== undefined && { allow_redisplay: redisplay }),
    ...(details !== undefined && {
      billing_details: {
        ...method.billing_details,
        ...contact,
        ...(address !== undefined && { address: address && { city, country, line1, line2, postal_code, state } }),
      },
    }),
    ...(metadata !== undefined && { metadata: mergeMetadata(method.metadata ?? {}, metadata) }),
  };
}
