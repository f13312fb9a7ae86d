import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

/** A webhook endpoint of the v2 API, with its secret, which only the creation's answer may have. */
export type DestinationRecord = Stripe.V2.Core.EventDestination & {
  readonly webhook_endpoint: { readonly url: string; readonly signing_secret: string };
};

export function destinationCollection(journal: Journal): Collection<DestinationRecord> {
  return journal.collection("event-destinations");
}
