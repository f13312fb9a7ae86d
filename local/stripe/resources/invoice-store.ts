import { type Account, readSeconds } from "../account.ts";
import type { Decline } from "../errors.ts";
import { customerCollection, isLive } from "./customer-record.ts";
import { type InvoiceRecord, invoiceCollection } from "./invoice-record.ts";
import { openPaymentMethods } from "./payment-method-store.ts";

/** Stripe docs, "Smart Retries": the shortest of its schedules. Days after the payment that failed last. */
const RETRY_AFTER_DAYS = [3, 5, 7];
const DAY = 24 * 60 * 60;

/** What happens to one invoice; what a subscription makes of that is said elsewhere. Stripe docs, "Invoice states". */
export function openInvoices(account: Account) {
  const { journal, clock, publish } = account;
  const invoices = invoiceCollection(journal);
  const customers = customerCollection(journal);
  const methods = openPaymentMethods(account);

  const save = (invoice: InvoiceRecord): InvoiceRecord => invoices.set(invoice.id, invoice);

  function findDefault(customer: string): string | null {
    const owner = customers.get(customer);
    if (owner === undefined || !isLive(owner)) return null;
    const method = owner.invoice_settings.default_payment_method;
    return typeof method === "string" ? method : null;
  }

  function finalize(invoice: InvoiceRecord): InvoiceRecord {
    const now = readSeconds(clock);
    const open = save({
      ...invoice,
      status: "open",
      number: `${invoice.customer.slice(-8).toUpperCase()}-${String(invoices.size).padStart(4, "0")}`,
      effective_at: now,
      ending_balance: 0,
      hosted_invoice_url: `${account.readOrigin()}/i/${invoice.id}`,
      invoice_pdf: `${account.readOrigin()}/i/${invoice.id}/pdf`,
      status_transitions: { ...invoice.status_transitions, finalized_at: now },
    });
    publish("invoice.finalized", open, invoice);
    return open;
  }

  function settle(invoice: InvoiceRecord): InvoiceRecord {
    const paid = save({
      ...invoice,
      status: "paid",
      amount_paid: invoice.amount_due,
      amount_remaining: 0,
      attempted: true,
      attempt_count: invoice.attempt_count + (invoice.amount_due > 0 ? 1 : 0),
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: readSeconds(clock) },
    });
    publish("invoice.paid", paid, invoice);
    publish("invoice.payment_succeeded", paid, invoice);
    return paid;
  }

  function fail(invoice: InvoiceRecord): InvoiceRecord {
    const days = RETRY_AFTER_DAYS[invoice.attempt_count];
    const failed = save({
      ...invoice,
      attempted: true,
      attempt_count: invoice.attempt_count + 1,
      next_payment_attempt:
        invoice.auto_advance !== true || days === undefined ? null : readSeconds(clock) + days * DAY,
    });
    publish("invoice.payment_failed", failed, invoice);
    return failed;
  }

  /** Of `method`, else of what invoice and customer have as their default. Without any, the payment succeeds. */
  function findDecline(invoice: InvoiceRecord, method?: string): Decline | undefined {
    const charged = method ?? invoice.default_payment_method ?? findDefault(invoice.customer);
    return invoice.amount_due > 0 && charged !== null ? methods.findDecline(charged) : undefined;
  }

  return {
    findDefault,
    findDecline,
    get: (id: string) => invoices.get(id),
    /** Newest first. */
    filter: (matches: (invoice: InvoiceRecord) => boolean) => invoices.filter(matches).reverse(),
    save,
    finalize,
    settle,

    create(invoice: InvoiceRecord): InvoiceRecord {
      publish("invoice.created", invoice);
      return save(invoice);
    },

    pay(invoice: InvoiceRecord, method?: string): { invoice: InvoiceRecord; decline?: Decline } {
      const decline = findDecline(invoice, method);
      return decline === undefined ? { invoice: settle(invoice) } : { invoice: fail(invoice), decline };
    },

    void(invoice: InvoiceRecord): InvoiceRecord {
      const voided = save({
        ...invoice,
        status: "void",
        auto_advance: false,
        next_payment_attempt: null,
        status_transitions: { ...invoice.status_transitions, voided_at: readSeconds(clock) },
      });
      publish("invoice.voided", voided, invoice);
      return voided;
    },
  };
}
