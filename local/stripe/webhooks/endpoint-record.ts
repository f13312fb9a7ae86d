import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

export type EndpointRecord = Stripe.WebhookEndpoint & { readonly secret: string };

export function endpointCollection(journal: Journal): Collection<EndpointRecord> {
  return journal.collection("webhook-endpoints");
}
