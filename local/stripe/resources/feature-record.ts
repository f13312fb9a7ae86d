import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

export function featureCollection(journal: Journal): Collection<Stripe.Entitlements.Feature> {
  return journal.collection("features");
}

/** A feature on a product. */
export interface AttachedFeature {
  readonly id: string;
  readonly product: string;
  readonly feature: string;
}

export function attachedFeatureCollection(journal: Journal): Collection<AttachedFeature> {
  return journal.collection("product-features");
}
