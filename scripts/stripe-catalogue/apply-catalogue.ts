import Stripe from "stripe";
import type { LiveCatalogue } from "./live-catalogue.ts";
import type { Change } from "./plan-catalogue.ts";

/** Carries out what was planned from `live`, in order. What was done before a failure stays: the next run goes on from it. */
export async function applyCatalogue(
  stripe: Stripe,
  changes: readonly Change[],
  live: LiveCatalogue,
  onDone: (change: Change, id: string) => void,
): Promise<void> {
  const meters = new Map(live.meters.map(({ eventName, id }) => [eventName, id]));
  const products = new Map<string, string>();

  const apply = async (change: Change): Promise<string> => {
    switch (change.kind) {
      case "create meter": {
        const { id } = await stripe.billing.meters.create({
          display_name: change.eventName,
          event_name: change.eventName,
          default_aggregation: { formula: "sum" },
          customer_mapping: { event_payload_key: "stripe_customer_id", type: "by_id" },
          value_settings: { event_payload_key: "value" },
        });
        meters.set(change.eventName, id);
        return id;
      }
      case "create product": {
        const { scope, name, id: chosen } = change;
        const { id } = await stripe.products.create({
          name,
          metadata: { scope },
          ...(chosen !== undefined && { id: chosen }),
        });
        products.set(scope, id);
        return id;
      }
      case "update product": {
        const { active, scope } = change.fields;
        const { id } = await stripe.products.update(change.id, {
          ...(active !== undefined && { active }),
          ...(scope !== undefined && { metadata: { scope } }),
        });
        return id;
      }
      case "create price": {
        const { amount, currency, interval } = change.price;
        const meter = change.meter === undefined ? undefined : find(meters, change.meter);
        const { id } = await stripe.prices.create({
          product: change.product ?? find(products, change.scope),
          currency,
          unit_amount_decimal: Stripe.Decimal.from(amount),
          recurring: { interval, ...(meter !== undefined && { usage_type: "metered", meter }) },
        });
        return id;
      }
    }
  };
  for (const change of changes) onDone(change, await apply(change));
}

function find(made: ReadonlyMap<string, string>, name: string): string {
  const id = made.get(name);
  if (id === undefined) throw new Error(`The plan uses ${name} before it is made`);
  return id;
}
