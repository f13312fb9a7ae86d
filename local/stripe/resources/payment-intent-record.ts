import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import { createId } from "../ids.ts";

/** With ids where Stripe could put objects. */
export type PaymentIntentRecord = Stripe.PaymentIntent & {
  readonly customer: string | null;
  readonly payment_method: string | null;
};

export function paymentIntentCollection(journal: Journal): Collection<PaymentIntentRecord> {
  return journal.collection("payment-intents");
}

interface NewPaymentIntent {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly paymentMethod: string;
  /** Seconds since the epoch. */
  readonly created: number;
}

/** One that has succeeded: where it does not, the page of its session asks again. */
export function newPaymentIntent(options: NewPaymentIntent): PaymentIntentRecord {
  const { amount, currency, customer, description, metadata, paymentMethod, created } = options;
  const id = createId("pi", 24);
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: amount,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: createId(`${id}_secret`, 25),
    confirmation_method: "automatic",
    created,
    currency,
    customer,
    customer_account: null,
    description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
}
