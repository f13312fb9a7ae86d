import { type Account, readSeconds } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { mergeMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { renderPage } from "../pages.ts";
import { required } from "../parameters.ts";
import { createReadLines } from "./checkout-lines.ts";
import {
  createParameters,
  expireParameters,
  lineItemParameters,
  listParameters,
  retrieveParameters,
} from "./checkout-parameters.ts";
import type { CheckoutRecord } from "./checkout-record.ts";
import { checkCreate, readSubscriptionData } from "./checkout-rules.ts";
import { openCheckouts } from "./checkout-store.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { type CreateFields, newCheckoutSession } from "./new-checkout-session.ts";

const URL = "/v1/checkout/sessions";
const READ = "rak_checkout_session_read";
const WRITE = "rak_checkout_session_write";

/** Stripe API reference, "Checkout Sessions": hosted pages in subscription and payment mode. */
export function createCheckoutSessions(account: Account): Operation[] {
  const { journal, clock, readOrigin } = account;
  const checkouts = openCheckouts(account);
  const customers = customerCollection(journal);
  const readLines = createReadLines(account);

  const get = (id: string): CheckoutRecord => getRecord(checkouts, "checkout.session", id);
  const getEmail = (customer: string | undefined): string | null =>
    customer === undefined ? null : getLiveCustomer(customers, customer, "customer").email;

  function create({ metadata, ...fields }: CreateFields) {
    const created = readSeconds(clock);
    const mode = checkCreate(fields, created);
    const customerEmail = getEmail(fields.customer);
    const lines = readLines(required(fields.line_items, "line_items"), mode);
    const email = customerEmail ?? fields.customer_email ?? null;
    const session = newCheckoutSession({
      fields,
      mode,
      lines,
      metadata: mergeMetadata({}, metadata ?? "clear"),
      email,
      created,
      origin: readOrigin(),
    });
    const { description = null, metadata: ofIntent = "clear" } = fields.payment_intent_data ?? {};
    checkouts.save({
      id: session.id,
      session,
      lines,
      subscription: readSubscriptionData(fields.subscription_data ?? {}),
      paymentIntent: { description, metadata: mergeMetadata({}, ofIntent) },
    });
    return session;
  }

  return [
    defineOperation({
      method: "POST",
      route: URL,
      permission: WRITE,
      parameters: createParameters,
      run: create,
    }),
    defineOperation({
      method: "GET",
      route: URL,
      permission: READ,
      parameters: listParameters,
      run: ({ created, customer, customer_details: details, payment_intent: intent, status, subscription, ...page }) =>
        renderPage(
          checkouts.filter(
            (session) =>
              isWithin(session.created, created) &&
              fits(session.customer, customer) &&
              (details === undefined || session.customer_details?.email === details.email) &&
              fits(session.payment_intent, intent) &&
              fits(session.status, status) &&
              fits(session.subscription, subscription),
          ),
          page,
          { kind: "checkout.session", url: URL },
        ),
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id`,
      permission: READ,
      parameters: retrieveParameters,
      run: (_parameters, id) => get(id).session,
    }),
    defineOperation({
      method: "POST",
      route: `${URL}/:id/expire`,
      permission: WRITE,
      parameters: expireParameters,
      run: (_parameters, id) => {
        const record = get(id);
        const { status } = record.session;
        if (status === "open") return checkouts.expire(record);
        throw invalidRequest(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${status}.`,
        );
      },
    }),
    defineOperation({
      method: "GET",
      route: `${URL}/:id/line_items`,
      permission: READ,
      parameters: lineItemParameters,
      run: (page, id) => renderPage(get(id).lines, page, { kind: "line item", url: `${URL}/${id}/line_items` }),
    }),
  ];
}
