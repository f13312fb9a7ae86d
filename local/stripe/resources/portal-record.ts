import type Stripe from "stripe";
import type { Collection, Journal } from "../../state/journal.ts";

export type PortalConfiguration = Stripe.BillingPortal.Configuration;

export function portalConfigurationCollection(journal: Journal): Collection<PortalConfiguration> {
  return journal.collection("portal-configurations");
}

/** A session, and the secret in its address, which is all that the pages ask for. */
export interface PortalRecord {
  readonly secret: string;
  readonly session: Stripe.BillingPortal.Session & { readonly configuration: string };
}

/** By their secrets. */
export function portalSessionCollection(journal: Journal): Collection<PortalRecord> {
  return journal.collection("portal-sessions");
}
