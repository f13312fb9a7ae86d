import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

/** As on the wire: decimals are text there, which the SDK makes objects of. */
export type PriceRecord = Omit<Stripe.Price, "unit_amount_decimal" | "product"> & {
  readonly unit_amount_decimal: string | null;
  readonly product: string;
};

export function priceCollection(journal: Journal): Collection<PriceRecord> {
  return journal.collection("prices");
}
