import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import { createId } from "../ids.ts";

/** As on the wire: decimals are text there. */
export type InvoiceLineRecord = Omit<Stripe.InvoiceLineItem, "pricing" | "quantity_decimal" | "subscription"> & {
  readonly pricing:
    | (Omit<Stripe.InvoiceLineItem.Pricing, "unit_amount_decimal"> & { readonly unit_amount_decimal: string | null })
    | null;
  readonly quantity_decimal: string | null;
  readonly subscription: string | null;
};

/** With ids where Stripe could put objects. */
export type InvoiceRecord = Omit<Stripe.Invoice, "customer" | "lines" | "default_payment_method" | "parent"> & {
  readonly customer: string;
  readonly default_payment_method: string | null;
  readonly lines: Stripe.ApiList<InvoiceLineRecord>;
  readonly parent:
    | (Omit<Stripe.Invoice.Parent, "subscription_details"> & {
        readonly subscription_details:
          | (Stripe.Invoice.Parent.SubscriptionDetails & { readonly subscription: string })
          | null;
      })
    | null;
};

export function invoiceCollection(journal: Journal): Collection<InvoiceRecord> {
  return journal.collection("invoices");
}

interface NewInvoice {
  readonly customer: Stripe.Customer;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly currency: string;
  readonly reason: Stripe.Invoice.BillingReason;
}

/** A draft without lines. */
export function newInvoice({ customer, created, currency, reason }: NewInvoice): InvoiceRecord {
  const id = createId("in", 24);
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: null,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: reason !== "manual",
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: created,
    period_start: created,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
}

/** The draft with these lines, and the sums that follow. */
export function withLines(invoice: InvoiceRecord, lines: readonly InvoiceLineRecord[]): InvoiceRecord {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...invoice,
    amount_due: total,
    amount_remaining: total,
    lines: { ...invoice.lines, data: lines.map((line) => ({ ...line, invoice: invoice.id })) },
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

interface NewLine {
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly period: Stripe.InvoiceLineItem.Period;
  readonly quantity: number;
}

export function newLine({ quantity, amount, ...line }: NewLine): InvoiceLineRecord {
  return {
    id: createId("il", 24),
    object: "line_item",
    amount,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: null,
    pretax_credit_amounts: [],
    pricing: null,
    quantity,
    quantity_decimal: String(quantity),
    subscription: null,
    subtotal: amount,
    taxes: [],
    ...line,
  };
}
