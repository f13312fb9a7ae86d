import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { instants, nonEmptyText, notCarriedOut, type ParametersOf } from "../parameters.ts";
import { expandPaths } from "./expand.ts";
import { paymentIntentCollection } from "./payment-intent-record.ts";

const URL = "/v1/payment_intents";
const READ = "rak_payment_intent_read";

const listParameters = {
  ...pageParameters,
  created: instants,
  customer: nonEmptyText(255),
  expand: expandPaths,
  customer_account: notCarriedOut,
} satisfies ParametersOf<Stripe.PaymentIntentListParams>;

const retrieveParameters = {
  expand: expandPaths,
  client_secret: notCarriedOut,
} satisfies ParametersOf<Stripe.PaymentIntentRetrieveParams>;

/** Stripe API reference, "Payment intents": those of Checkout in payment mode, to be read. */
export function createPaymentIntents({ journal }: Account): Operation[] {
  const intents = paymentIntentCollection(journal);
  return [
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: listParameters,
      run: ({ created, customer, ...page }) =>
        renderPage(
          intents.filter((one) => fits(one.customer, customer) && isWithin(one.created, created)).reverse(),
          page,
          { kind: "payment_intent", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: retrieveParameters,
      run: (_parameters, id) => getRecord(intents, "payment_intent", id),
    }),
  ];
}
