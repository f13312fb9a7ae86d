import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

/** As on the wire: decimals are text there. */
export type InvoiceItemRecord = Omit<Stripe.InvoiceItem, "quantity_decimal" | "pricing" | "customer" | "invoice"> & {
  readonly customer: string;
  readonly invoice: string | null;
  readonly quantity_decimal: string;
  readonly pricing: null;
};

export function invoiceItemCollection(journal: Journal): Collection<InvoiceItemRecord> {
  return journal.collection("invoice-items");
}
