import type Stripe from "stripe";
import { type Account, readSeconds } from "../account.ts";
import { cardDeclined, type Decline } from "../errors.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { type InvoiceLineRecord, type InvoiceRecord, newInvoice, newLine, withLines } from "./invoice-record.ts";
import { openInvoices } from "./invoice-store.ts";
import type { SubscriptionItemRecord, SubscriptionRecord } from "./subscription-record.ts";
import { createReadUsage } from "./usage.ts";

/** The subscription after an invoice of it, and why the payment failed. */
interface Billed {
  readonly subscription: SubscriptionRecord;
  readonly decline?: Decline;
}

/** What a subscription owes, and what becomes of it when that is paid or not. Stripe docs, "How subscriptions work". */
export function openSubscriptionBilling(account: Account) {
  const customers = customerCollection(account.journal);
  const invoices = openInvoices(account);
  const readUsage = createReadUsage(account);

  function draft(
    subscription: SubscriptionRecord,
    reason: Stripe.Invoice.BillingReason,
    lines: readonly InvoiceLineRecord[],
  ): InvoiceRecord {
    const customer = getLiveCustomer(customers, subscription.customer, "customer");
    const created = readSeconds(account.clock);
    const invoice = withLines(newInvoice({ customer, created, currency: subscription.currency, reason }), lines);
    const method = subscription.default_payment_method;
    return {
      ...invoice,
      collection_method: subscription.collection_method,
      default_payment_method: typeof method === "string" ? method : null,
      parent: {
        quote_details: null,
        subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
        type: "subscription_details",
      },
    };
  }

  /** Fixed prices are paid ahead, for the period that begins. */
  const linesAhead = ({ items, id, status }: SubscriptionRecord): InvoiceLineRecord[] =>
    items.data
      .filter(({ price }) => price.recurring?.usage_type === "licensed")
      .map((item) => renderLine(item, id, item.quantity ?? 1, status === "trialing"));

  /** What was used is paid when its period is over. */
  const linesOfUsage = ({ items, id, customer }: SubscriptionRecord): InvoiceLineRecord[] =>
    items.data.flatMap((item) => {
      const { meter } = item.price.recurring ?? {};
      if (meter === undefined || meter === null) return [];
      const used = readUsage({ meter, customer, start: item.current_period_start, end: item.current_period_end });
      return [renderLine(item, id, Math.max(used, 0), false)];
    });

  function collect(subscription: SubscriptionRecord, draftInvoice: InvoiceRecord): Billed {
    const invoice = invoices.finalize(invoices.create(draftInvoice));
    const linked = { ...subscription, latest_invoice: invoice.id };
    if (subscription.collection_method === "send_invoice") return { subscription: linked };
    const { decline } = invoices.pay(invoice);
    return { subscription: linked, ...(decline !== undefined && { decline }) };
  }

  const first = (subscription: SubscriptionRecord, oneTime: readonly InvoiceLineRecord[]): InvoiceRecord =>
    draft(subscription, "subscription_create", [...oneTime, ...linesAhead(subscription)]);

  function findLatest({ latest_invoice: id }: SubscriptionRecord): InvoiceRecord | undefined {
    return typeof id === "string" ? invoices.get(id) : undefined;
  }

  return {
    /** @throws {StripeFailure} the bank's refusal of what the first invoice would be paid with. */
    checkPayable(subscription: SubscriptionRecord, oneTime: readonly InvoiceLineRecord[]): void {
      const decline = invoices.findDecline(first(subscription, oneTime));
      if (decline !== undefined) throw cardDeclined(decline);
    },

    hasPaymentMethod: (subscription: SubscriptionRecord): boolean =>
      subscription.default_payment_method !== null || invoices.findDefault(subscription.customer) !== null,

    /** The first invoice. `isIncomplete`: somebody is to confirm its payment first. */
    begin(subscription: SubscriptionRecord, oneTime: readonly InvoiceLineRecord[], isIncomplete: boolean): Billed {
      const invoice = first(subscription, oneTime);
      if (isIncomplete && invoice.amount_due > 0) {
        const open = invoices.finalize(invoices.create({ ...invoice, auto_advance: false }));
        return { subscription: { ...subscription, status: "incomplete", latest_invoice: open.id } };
      }
      const billed = collect(subscription, invoice);
      return billed.decline === undefined
        ? billed
        : { ...billed, subscription: { ...billed.subscription, status: "incomplete" } };
    },

    /** The invoice of a period that has begun. `before`: the subscription in the period that is over. */
    renew(before: SubscriptionRecord, after: SubscriptionRecord): SubscriptionRecord {
      const usage = before.status === "trialing" ? [] : linesOfUsage(before);
      const invoice = draft(after, "subscription_cycle", [...linesAhead(after), ...usage]);
      // Stripe docs, "Subscription statuses": those of an unpaid one stay drafts.
      if (after.status === "unpaid") {
        return { ...after, latest_invoice: invoices.create({ ...invoice, auto_advance: false }).id };
      }
      const { subscription, decline } = collect(after, invoice);
      return decline === undefined ? subscription : { ...subscription, status: "past_due" };
    },

    /** Tries again what is due for it. `end`: what the account does when no try is left. */
    retry(subscription: SubscriptionRecord, end: (subscription: SubscriptionRecord) => SubscriptionRecord) {
      const invoice = findLatest(subscription);
      const due = invoice?.status === "open" ? invoice.next_payment_attempt : null;
      if (invoice === undefined || due === null || due > readSeconds(account.clock)) return subscription;
      const tried = invoices.pay(invoice);
      if (tried.decline === undefined) return { ...subscription, status: "active" as const };
      return tried.invoice.next_payment_attempt === null ? end(subscription) : subscription;
    },

    /** Its first payment did not come in time. */
    giveUp(subscription: SubscriptionRecord): void {
      const invoice = findLatest(subscription);
      if (invoice?.status === "open") invoices.void(invoice);
    },
  };
}

function renderLine(
  item: SubscriptionItemRecord,
  subscription: string,
  quantity: number,
  isFree: boolean,
): InvoiceLineRecord {
  const { price } = item;
  const each = isFree ? "0" : (price.unit_amount_decimal ?? "0");
  const period = { start: item.current_period_start, end: item.current_period_end };
  return {
    ...newLine({
      amount: Math.round(Number(each) * quantity),
      currency: price.currency,
      description: `${quantity} × ${price.nickname ?? price.product}`,
      period,
      quantity,
    }),
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: each,
    },
    subscription,
  };
}
