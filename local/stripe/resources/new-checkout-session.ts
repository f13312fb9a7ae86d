import { createId } from "../ids.ts";
import type { Parsed } from "../parameters.ts";
import type { createParameters } from "./checkout-parameters.ts";
import type { CheckoutSession, LineItemRecord } from "./checkout-record.ts";

export type CreateFields = Parsed<typeof createParameters>;

const DAY = 24 * 60 * 60;

interface NewSession {
  readonly fields: Omit<CreateFields, "metadata">;
  readonly mode: "payment" | "subscription";
  readonly lines: readonly LineItemRecord[];
  readonly metadata: Record<string, string>;
  readonly email: string | null;
  /** Seconds since the epoch. */
  readonly created: number;
  /** Where the hosted pages are. */
  readonly origin: string;
}

const NO_INVOICE: CheckoutSession["invoice_creation"] = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

/** An open session. Stripe API reference, "Checkout Sessions". */
export function newCheckoutSession(options: NewSession): CheckoutSession {
  const { fields, mode, lines, metadata, email, created, origin } = options;
  const id = createId("cs_test", 58);
  const total = sumDue(lines, fields.subscription_data);
  const isPayment = mode === "payment";
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: fields.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: fields.billing_address_collection ?? null,
    cancel_url: fields.cancel_url ?? null,
    client_reference_id: fields.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency: lines[0]?.currency ?? "usd",
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: fields.customer ?? null,
    customer_account: null,
    customer_creation:
      fields.customer !== undefined ? null : isPayment ? (fields.customer_creation ?? "if_required") : "always",
    customer_details: email === null ? null : renderContact(email, null),
    customer_email: fields.customer_email ?? null,
    discounts: [],
    expires_at: fields.expires_at ?? created + DAY,
    integration_identifier: null,
    invoice: null,
    invoice_creation: isPayment ? NO_INVOICE : null,
    livemode: false,
    locale: fields.locale ?? null,
    managed_payments: { enabled: false },
    metadata,
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: isPayment ? "if_required" : (fields.payment_method_collection ?? "always"),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    success_url: fields.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${origin}/c/pay/${id}`,
    wallet_options: null,
  };
}

/** What is paid now: during a trial what is bought once. */
function sumDue(lines: readonly LineItemRecord[], trial: CreateFields["subscription_data"] = {}): number {
  const isTrial = trial.trial_end !== undefined || trial.trial_period_days !== undefined;
  const due = isTrial ? lines.filter(({ price }) => price.recurring === null) : lines;
  return due.reduce((sum, { amount_total: amount }) => sum + amount, 0);
}

export function renderContact(email: string | null, name: string | null): CheckoutSession["customer_details"] {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}
