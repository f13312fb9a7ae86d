import { type Account, readSeconds } from "../account.ts";
import { cardDeclined, invalidRequest } from "../errors.ts";
import { fits, isWithin } from "../filters.ts";
import { getRecord } from "../get-record.ts";
import { mergeMetadata } from "../metadata.ts";
import { renderPage } from "../pages.ts";
import { type Parsed, required } from "../parameters.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { invoiceItemCollection } from "./invoice-item-record.ts";
import type { createParameters, listParameters, payParameters } from "./invoice-parameters.ts";
import { type InvoiceRecord, newInvoice, newLine, withLines } from "./invoice-record.ts";
import { openInvoices } from "./invoice-store.ts";
import { openPaymentMethods } from "./payment-method-store.ts";
import { openSubscriptions } from "./subscription-store.ts";

/** What each call does. Stripe API reference, "Invoices". */
export function openInvoiceCalls(account: Account) {
  const invoices = openInvoices(account);
  const customers = customerCollection(account.journal);
  const items = invoiceItemCollection(account.journal);
  const methods = openPaymentMethods(account);
  const subscriptions = openSubscriptions(account);

  const get = (id: string): InvoiceRecord => getRecord(invoices, "invoice", id);

  function create(fields: Parsed<typeof createParameters>): InvoiceRecord {
    const customer = getLiveCustomer(customers, required(fields.customer, "customer"), "customer");
    const pending =
      fields.pending_invoice_items_behavior === "include"
        ? items.filter((item) => item.customer === customer.id && item.invoice === null)
        : [];
    const currency = fields.currency ?? pending[0]?.currency ?? "usd";
    const empty = newInvoice({ customer, created: readSeconds(account.clock), currency, reason: "manual" });
    const lines = pending.map(({ amount, description, period, quantity }) =>
      newLine({ amount, currency, description, period, quantity }),
    );
    for (const item of pending) items.set(item.id, { ...item, invoice: empty.id });
    return invoices.create({
      ...withLines(empty, lines),
      auto_advance: fields.auto_advance ?? false,
      collection_method: fields.collection_method ?? "charge_automatically",
      default_payment_method: fields.default_payment_method ?? null,
      description: fields.description ?? null,
      metadata: mergeMetadata({}, fields.metadata ?? "clear"),
    });
  }

  function finalize(id: string): InvoiceRecord {
    const invoice = get(id);
    if (invoice.status === "draft") return invoices.finalize(invoice);
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  }

  function pay({ payment_method: method, paid_out_of_band: isOutside }: Parsed<typeof payParameters>, id: string) {
    const before = get(id);
    if (before.status === "paid") throw invalidRequest("Invoice is already paid", { code: "invoice_already_paid" });
    if (before.status === "void") {
      throw invalidRequest("You cannot pay an invoice that is void: make another one.");
    }
    const charged = method === undefined ? undefined : methods.get(method, "payment_method").id;
    const open = before.status === "draft" ? invoices.finalize(before) : before;
    if (isOutside === true) return activate(invoices.settle(open));
    const { invoice, decline } = invoices.pay(open, charged);
    if (decline !== undefined) throw cardDeclined(decline);
    return activate(invoice);
  }

  /** A subscription that waited for this payment. */
  function activate(invoice: InvoiceRecord): InvoiceRecord {
    const subscription = subscriptions.get(invoice.parent?.subscription_details?.subscription ?? "");
    const isWaiting = ["incomplete", "past_due", "unpaid"].includes(subscription?.status ?? "");
    if (subscription !== undefined && isWaiting && subscription.latest_invoice === invoice.id) {
      subscriptions.change({ ...subscription, status: "active" });
    }
    return invoice;
  }

  function list({
    customer,
    status,
    subscription,
    created,
    collection_method: method,
    ...page
  }: Parsed<typeof listParameters>) {
    const found = invoices.filter(
      (one) =>
        fits(one.customer, customer) &&
        fits(one.status, status) &&
        fits(one.collection_method, method) &&
        fits(one.parent?.subscription_details?.subscription, subscription) &&
        isWithin(one.created, created),
    );
    return renderPage(found, page, { kind: "invoice", url: "/v1/invoices" });
  }

  function voidInvoice(id: string): InvoiceRecord {
    const invoice = get(id);
    if (invoice.status === "open") return invoices.void(invoice);
    throw invalidRequest(`You can only void an open invoice; this one is ${invoice.status}.`);
  }

  return { create, finalize, get, list, pay, void: voidInvoice };
}
