import type Stripe from "stripe";
import { normalizeAmount, type Wanted } from "./wanted.ts";

/** What the account has, as far as the paid scopes are concerned. */
export interface LiveCatalogue {
  readonly products: readonly LiveProduct[];
  /** Of those products, active ones. */
  readonly prices: readonly LivePrice[];
  /** Active ones. */
  readonly meters: readonly LiveMeter[];
}

export interface LiveProduct {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** `metadata.scope` */
  readonly scope: string | undefined;
  /** Seconds since the epoch. */
  readonly created: number;
}

export interface LivePrice {
  readonly id: string;
  readonly product: string;
  readonly amount: string;
  readonly currency: string;
  /** Empty for a price that is paid once. */
  readonly interval: string;
  readonly meter: string | undefined;
}

export interface LiveMeter {
  readonly id: string;
  readonly eventName: string;
  readonly formula: string;
  readonly customerKey: string;
  readonly valueKey: string;
  readonly window: string | undefined;
}

/** More than that is not a catalogue that a gateway reads. */
const MOST = { limit: 10_000 } as const;

export async function readCatalogue(stripe: Stripe, wanted: readonly Wanted[]): Promise<LiveCatalogue> {
  const ids = wanted.flatMap(({ productId }) => productId ?? []);
  const names = new Set(wanted.flatMap(({ productId, productName }) => (productId === undefined ? [productName] : [])));
  const active = await stripe.products.list({ active: true, limit: 100 }).autoPagingToArray(MOST);
  // Archived ones count where stripe.json names them by id.
  const named = ids.length === 0 ? [] : (await stripe.products.list({ ids, limit: 100 })).data;
  const products = new Map([...active, ...named].map((product) => [product.id, product]));
  const concerned = [...products.values()].filter(({ id, name }) => ids.includes(id) || names.has(name));

  const prices: LivePrice[] = [];
  for (const { id } of concerned) {
    const found = await stripe.prices.list({ product: id, active: true, limit: 100 }).autoPagingToArray(MOST);
    prices.push(...found.map((price) => describePrice(price, id)));
  }
  const meters = await stripe.billing.meters.list({ status: "active", limit: 100 }).autoPagingToArray(MOST);
  return {
    products: concerned.map(({ id, name, active, metadata, created }) => ({
      id,
      name,
      active,
      scope: metadata.scope,
      created,
    })),
    prices,
    meters: meters.map((meter) => ({
      id: meter.id,
      eventName: meter.event_name,
      formula: meter.default_aggregation.formula,
      customerKey: meter.customer_mapping.event_payload_key,
      valueKey: meter.value_settings.event_payload_key,
      window: meter.event_time_window ?? undefined,
    })),
  };
}

function describePrice(price: Stripe.Price, product: string): LivePrice {
  const { recurring } = price;
  const every = recurring?.interval_count ?? 1;
  return {
    id: price.id,
    product,
    // A price in tiers has no amount of its own, and is none of ours.
    amount: price.unit_amount_decimal === null ? "" : normalizeAmount(String(price.unit_amount_decimal)),
    currency: price.currency,
    interval: recurring === null ? "" : every === 1 ? recurring.interval : `${every} ${recurring.interval}s`,
    meter: recurring?.meter ?? undefined,
  };
}
