import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { renderPage } from "../pages.ts";
import { attachedFeatureCollection, featureCollection } from "./feature-record.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";

/** What a subscription entitles to, as it was when its current period began. */
interface Grant {
  readonly customer: string;
  readonly features: readonly string[];
}

export interface Entitlements {
  /**
   * Stripe docs, "Entitlements": a feature added to a product reaches the subscribers that it has at their next period, so
   * what counts is noted when a period begins or the items change.
   */
  note(subscription: SubscriptionRecord, isNewPeriod: boolean): void;
  list(customer: string): Stripe.Entitlements.ActiveEntitlement[];
}

/** Which statuses beside active and trialing keep entitlements is not documented; past_due is within its grace here. */
const ENTITLING: readonly string[] = ["active", "trialing", "past_due"];

export function openEntitlements({ journal, publish }: Account): Entitlements {
  const grants = journal.collection<Grant>("entitlements");
  const attached = attachedFeatureCollection(journal);
  const features = featureCollection(journal);

  const list = (customer: string): Stripe.Entitlements.ActiveEntitlement[] => {
    const ids = grants.filter((grant) => grant.customer === customer).flatMap((grant) => grant.features);
    return [...new Set(ids)].flatMap((id) => {
      const feature = features.get(id);
      return feature === undefined ? [] : [renderEntitlement(customer, feature)];
    });
  };
  const describe = (customer: string): string =>
    list(customer)
      .map(({ lookup_key: key }) => key)
      .sort()
      .join("\n");

  return {
    list,
    note(subscription, isNewPeriod) {
      const { id, customer, status, items } = subscription;
      const before = describe(customer);
      if (!ENTITLING.includes(status)) grants.delete(id);
      else if (isNewPeriod || !grants.has(id)) {
        const products = items.data.map(({ price }) => price.product);
        const granted = attached.filter(({ product }) => products.includes(product)).map(({ feature }) => feature);
        grants.set(id, { customer, features: granted });
      }
      if (describe(customer) === before) return;
      const summary: Stripe.Entitlements.ActiveEntitlementSummary = {
        object: "entitlements.active_entitlement_summary",
        customer,
        entitlements: renderPage(list(customer), {}, { kind: "entitlement", url: ENTITLEMENTS_URL }),
        livemode: false,
      };
      publish("entitlements.active_entitlement_summary.updated", summary);
    },
  };
}

export const ENTITLEMENTS_URL = "/v1/entitlements/active_entitlements";

function renderEntitlement(
  customer: string,
  { id, lookup_key: lookupKey }: Stripe.Entitlements.Feature,
): Stripe.Entitlements.ActiveEntitlement {
  const name = createHash("sha256").update(`${customer} ${id}`).digest("hex").slice(0, 24);
  return {
    id: `ent_test_${name}`,
    object: "entitlements.active_entitlement",
    feature: id,
    livemode: false,
    lookup_key: lookupKey,
  };
}
