import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { cardDeclined } from "../errors.ts";
import { type CardDetails, type CheckedCard, checkCard } from "./card-number.ts";
import type { CheckoutRecord, CheckoutSession } from "./checkout-record.ts";
import { openCheckouts } from "./checkout-store.ts";
import { createCheckoutSubscription } from "./checkout-subscription.ts";
import { newCustomer } from "./customer-fields.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { renderContact } from "./new-checkout-session.ts";
import { newPaymentIntent, paymentIntentCollection } from "./payment-intent-record.ts";
import { newPaymentMethod, type PaymentMethodRecord } from "./payment-method-record.ts";
import { openPaymentMethods } from "./payment-method-store.ts";

/** What a customer types on the page of a session. */
export interface Purchase {
  readonly email: string;
  readonly name: string;
  /** None where none is asked for. */
  readonly card: CardDetails | undefined;
}

/** Whether a session asks for a card: always, or only when something is to be paid now. */
export function isCardAskedFor({
  payment_method_collection: collection,
  amount_total: total,
}: CheckoutSession): boolean {
  return collection === "always" || (total ?? 0) > 0;
}

/** Pays what a session is for, as its page does. */
export function createCompleteCheckout(account: Account) {
  const { journal, clock, publish } = account;
  const checkouts = openCheckouts(account);
  const customers = customerCollection(journal);
  const methods = openPaymentMethods(account);
  const intents = paymentIntentCollection(journal);
  const subscribe = createCheckoutSubscription(account);

  /** A payment whose bank refuses leaves nothing behind: the session stays open. */
  function checkPayment(session: CheckoutSession, card: CardDetails | undefined): CheckedCard | undefined {
    if (card === undefined || !isCardAskedFor(session)) return undefined;
    const checked = checkCard(card, clock);
    const decline = checked.card.decline ?? ((session.amount_total ?? 0) > 0 ? checked.card.declineCharge : undefined);
    if (decline !== undefined) throw cardDeclined(decline);
    return checked;
  }

  function findOrCreateCustomer(session: CheckoutSession, { email, name }: Purchase): Stripe.Customer | undefined {
    const known = session.customer === null ? undefined : customers.get(session.customer);
    if (known !== undefined && isLive(known)) {
      // Stripe API reference: an email that the customer does not have yet is written back.
      return known.email === null ? change(known, { email }) : known;
    }
    if (session.customer_creation !== "always") return undefined;
    const made: Stripe.Customer = { ...newCustomer(readSeconds(clock)), email, name };
    customers.set(made.id, made);
    publish("customer.created", made);
    return made;
  }

  function change(customer: Stripe.Customer, fields: Partial<Stripe.Customer>): Stripe.Customer {
    const after = { ...customer, ...fields };
    customers.set(customer.id, after);
    publish("customer.updated", after, customer);
    return after;
  }

  function saveMethod(paid: CheckedCard, { email, name }: Purchase, customer: string | undefined): PaymentMethodRecord {
    const made = newPaymentMethod(paid.card, paid.expiry, readSeconds(clock));
    const method = methods.save({
      ...made,
      allow_redisplay: "limited",
      billing_details: { ...made.billing_details, email, name },
    });
    return customer === undefined ? method : methods.attach(method, customer);
  }

  function payOnce({ session, paymentIntent }: CheckoutRecord, method: string, customer: string | null): string {
    const intent = newPaymentIntent({
      ...paymentIntent,
      amount: session.amount_total ?? 0,
      currency: session.currency ?? "usd",
      customer,
      paymentMethod: method,
      created: readSeconds(clock),
    });
    intents.set(intent.id, intent);
    publish("payment_intent.succeeded", intent);
    return intent.id;
  }

  /** @throws {StripeFailure} a card's number or date that cannot be, or its bank's refusal */
  return (record: CheckoutRecord, purchase: Purchase): CheckoutSession => {
    const { session } = record;
    const paid = checkPayment(session, purchase.card);
    const customer = findOrCreateCustomer(session, purchase);
    const method = paid && saveMethod(paid, purchase, session.mode === "payment" ? undefined : customer?.id);
    const bought =
      session.mode === "payment" || customer === undefined
        ? { payment_intent: method === undefined ? null : payOnce(record, method.id, customer?.id ?? null) }
        : subscribe(record, customer.id, method?.id ?? null);
    return checkouts.complete(record, {
      ...bought,
      customer: customer?.id ?? null,
      customer_details: renderContact(customer?.email ?? purchase.email, purchase.name),
      payment_status: (session.amount_total ?? 0) > 0 ? "paid" : "no_payment_required",
    });
  };
}
