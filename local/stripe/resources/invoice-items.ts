import { type Account, readSeconds } from "../account.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { required } from "../parameters.ts";
import { customerCollection, getLiveCustomer } from "./customer-record.ts";
import { type InvoiceItemRecord, invoiceItemCollection } from "./invoice-item-record.ts";
import { itemParameters } from "./invoice-parameters.ts";

/** Stripe API reference, "Invoice items": what the next invoice of a customer will have. */
export function createInvoiceItems({ journal, clock, publish }: Account): Operation[] {
  const items = invoiceItemCollection(journal);
  const customers = customerCollection(journal);
  return [
    defineOperation({
      method: "POST",
      route: "/v1/invoiceitems",
      permission: "rak_invoice_write",
      parameters: itemParameters,
      run: ({ quantity = 1, ...fields }) => {
        const { id: customer } = getLiveCustomer(customers, required(fields.customer, "customer"), "customer");
        const now = readSeconds(clock);
        const amount = required(fields.amount, "amount");
        const item: InvoiceItemRecord = {
          id: createId("ii", 24),
          object: "invoiceitem",
          amount,
          currency: fields.currency ?? "usd",
          customer,
          customer_account: null,
          date: now,
          description: fields.description ?? null,
          discountable: true,
          discounts: [],
          invoice: null,
          livemode: false,
          metadata: mergeMetadata({}, fields.metadata ?? "clear"),
          net_amount: amount,
          parent: null,
          period: { start: now, end: now },
          pricing: null,
          proration: false,
          quantity,
          quantity_decimal: String(quantity),
          tax_rates: [],
          test_clock: null,
        };
        items.set(item.id, item);
        publish("invoiceitem.created", item);
        return item;
      },
    }),
  ];
}
