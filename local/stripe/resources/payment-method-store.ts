import { type Account, readSeconds } from "../account.ts";
import { cardDeclined, invalidRequest, resourceMissing } from "../errors.ts";
import { customerCollection, getLiveCustomer, isLive } from "./customer-record.ts";
import { newPaymentMethod, type PaymentMethodRecord, paymentMethodCollection } from "./payment-method-record.ts";
import { findByEnd, findByToken } from "./test-cards.ts";

/** A card from its payment method's test token lasts that long. */
const YEARS = 5;

/** Payment methods and their customers. Stripe API reference, "Payment methods". */
export function openPaymentMethods({ journal, clock, publish }: Account) {
  const methods = paymentMethodCollection(journal);
  const customers = customerCollection(journal);

  /** An id of this account's, or one of Stripe's test tokens, which stands for a new payment method each time. */
  function get(id: string, param?: string): PaymentMethodRecord {
    const kept = methods.get(id);
    if (kept !== undefined) return kept;
    const card = findByToken(id);
    if (card === undefined) throw resourceMissing("PaymentMethod", id, param);
    const year = new Date(clock()).getUTCFullYear() + YEARS;
    const made = newPaymentMethod(card, { month: 12, year }, readSeconds(clock));
    return methods.set(made.id, made);
  }

  return {
    get,
    save: (method: PaymentMethodRecord): PaymentMethodRecord => methods.set(method.id, method),
    /** Newest first. */
    listOf: (customer: string): PaymentMethodRecord[] =>
      methods.filter((method) => method.customer === customer).reverse(),

    /** @throws {StripeFailure} the bank's refusal. */
    attach(method: PaymentMethodRecord, customer: string): PaymentMethodRecord {
      if (method.customer === customer) return method;
      const owner = getLiveCustomer(customers, customer, "customer");
      if (method.customer !== null) {
        throw invalidRequest("The payment method you provided has already been attached to a customer.", {
          param: "payment_method",
        });
      }
      const decline = findByEnd(method.card.last4)?.decline;
      if (decline !== undefined) throw cardDeclined(decline);
      const attached = methods.set(method.id, { ...method, customer: owner.id });
      publish("payment_method.attached", attached);
      return attached;
    },

    /** @throws {StripeFailure} where `method` is not one of the customer's. */
    checkOwner(method: string, customer: string, param: string): void {
      if (get(method, param).customer === customer) return;
      throw invalidRequest(
        `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
        { code: "resource_missing", param },
      );
    },

    detach(method: PaymentMethodRecord): PaymentMethodRecord {
      if (method.customer === null) {
        throw invalidRequest(
          "The payment method you provided is not attached to a customer so detachment is impossible.",
          {
            param: "payment_method",
          },
        );
      }
      const detached = methods.set(method.id, { ...method, customer: null });
      const owner = customers.get(method.customer);
      if (owner !== undefined && isLive(owner) && owner.invoice_settings.default_payment_method === method.id) {
        const after = { ...owner, invoice_settings: { ...owner.invoice_settings, default_payment_method: null } };
        customers.set(owner.id, after);
        publish("customer.updated", after, owner);
      }
      publish("payment_method.detached", detached, method);
      return detached;
    },

    /** Whose payment succeeds has none. */
    findDecline(id: string) {
      const card = findByEnd(methods.get(id)?.card.last4);
      return card?.declineCharge ?? card?.decline;
    },
  };
}
