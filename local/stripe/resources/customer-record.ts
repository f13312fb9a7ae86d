import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";
import { resourceMissing } from "../errors.ts";

/** A customer, or the stub that stays of one: `customers.retrieve` goes on answering 200 with `deleted: true`. */
export type CustomerRecord = Stripe.Customer | Stripe.DeletedCustomer;

export function customerCollection(journal: Journal): Collection<CustomerRecord> {
  return journal.collection("customers");
}

/** Told by the member itself: the SDK's types give `deleted?: void` to a live one. */
export function isLive(record: CustomerRecord): record is Stripe.Customer {
  return !("deleted" in record);
}

/**
 * The customer, who must be there: who was deleted is not.
 *
 * @param param the parameter that names them; without it the path does
 * @throws {StripeFailure} resource_missing
 */
export function getLiveCustomer(customers: Collection<CustomerRecord>, id: string, param?: string): Stripe.Customer {
  const record = customers.get(id);
  if (record === undefined || !isLive(record)) throw resourceMissing("customer", id, param);
  return record;
}
