import type Stripe from "stripe";
import type { PaidScope } from "../authorizer/billing/rules.ts";
import type { Reading } from "../authorizer/billing/source.ts";

export interface Price {
  readonly id: string;
  /** In the currency's smallest unit, with decimals; undefined: in tiers. */
  readonly amount: string | undefined;
  /** Three letters. */
  readonly currency: string;
  /** `month`, or `3 months` */
  readonly interval: string;
  /** The meter's id; undefined: a flat price. */
  readonly meter: string | undefined;
}

/** What stripe.json says costs money, as Stripe sells it. */
export interface Offer {
  readonly scope: string;
  /** Ids of products that pay for it: of a name there may be several. */
  readonly products: readonly string[];
  readonly name: string;
  /** Undefined: nobody can subscribe, because Stripe has no active price that fits. */
  readonly price: Price | undefined;
}

const PAGE = 100;
const MOST = { limit: 2000 } as const;

/** Needs `rak_product_read` and `rak_plan_read`. */
export async function readOffers(stripe: Stripe, paid: readonly PaidScope[]): Promise<Reading<readonly Offer[]>> {
  const products = await stripe.products.list({ active: true, limit: PAGE }).autoPagingToArray(MOST);
  let reads = Math.max(1, Math.ceil(products.length / PAGE));
  const offers: Offer[] = [];
  for (const { scope, product, usage } of paid) {
    const sold = products
      .filter(({ id, name }) => (product.kind === "id" ? id === product.id : name === product.name))
      // What was sold first stays what is sold, as in `npm run stripe:catalogue`.
      .sort((one, other) => one.created - other.created);
    const [first] = sold;
    const prices = first
      ? await stripe.prices.list({ product: first.id, active: true, type: "recurring", limit: PAGE })
      : undefined;
    reads += prices ? 1 : 0;
    offers.push({
      scope,
      products: sold.map(({ id }) => id),
      name: first?.name ?? (product.kind === "name" ? product.name : scope),
      price: first && choosePrice(prices?.data ?? [], first, usage !== undefined),
    });
  }
  return { value: offers, reads };
}

/** The product's default price where it has one that fits, else the newest. */
function choosePrice(prices: readonly Stripe.Price[], product: Stripe.Product, isMetered: boolean): Price | undefined {
  const fitting = prices.filter(({ recurring }) => (recurring?.usage_type === "metered") === isMetered);
  const preferred = product.default_price;
  const preferredId = typeof preferred === "string" ? preferred : preferred?.id;
  const [newest] = fitting.toSorted((one, other) => other.created - one.created);
  const price = fitting.find(({ id }) => id === preferredId) ?? newest;
  return price && describePrice(price);
}

function describePrice({ id, unit_amount_decimal: amount, currency, recurring }: Stripe.Price): Price {
  const count = recurring?.interval_count ?? 1;
  const interval = recurring?.interval ?? "";
  return {
    id,
    amount: amount === null ? undefined : String(amount),
    currency,
    interval: count === 1 ? interval : `${count} ${interval}s`,
    meter: recurring?.meter ?? undefined,
  };
}
