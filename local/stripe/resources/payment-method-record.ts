import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import { createId } from "../ids.ts";
import type { TestCard } from "./test-cards.ts";

/** With ids where Stripe could put objects. Cards only. */
export type PaymentMethodRecord = Stripe.PaymentMethod & {
  readonly card: Stripe.PaymentMethod.Card;
  readonly customer: string | null;
};

export function paymentMethodCollection(journal: Journal): Collection<PaymentMethodRecord> {
  return journal.collection("payment-methods");
}

interface Expiry {
  readonly month: number;
  readonly year: number;
}

/** Belongs to nobody yet. `created`: seconds since the epoch. */
export function newPaymentMethod(card: TestCard, { month, year }: Expiry, created: number): PaymentMethodRecord {
  return {
    id: createId("pm", 24),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: card.brand,
      exp_month: month,
      exp_year: year,
      fingerprint: createId("", 16).slice(1),
      funding: card.token.endsWith("_debit") ? "debit" : "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}
