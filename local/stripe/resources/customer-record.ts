import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

/** A customer, or the stub that stays of one: `customers.retrieve` goes on answering 200 with `deleted: true`. */
export type CustomerRecord = Stripe.Customer | Stripe.DeletedCustomer;

export function customerCollection(journal: Journal): Collection<CustomerRecord> {
  return journal.collection("customers");
}

/** Told by the member itself: the SDK's types give `deleted?: void` to a live one. */
export function isLive(record: CustomerRecord): record is Stripe.Customer {
  return !("deleted" in record);
}
