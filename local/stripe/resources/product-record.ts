import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

/** With ids where Stripe could put objects. */
export type ProductRecord = Stripe.Product & { readonly default_price: string | null };

export function productCollection(journal: Journal): Collection<ProductRecord> {
  return journal.collection("products");
}
