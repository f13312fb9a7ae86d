import type { LiveCatalogue, LiveMeter, LivePrice, LiveProduct } from "./live-catalogue.ts";
import type { Wanted, WantedPrice } from "./wanted.ts";

export type Change =
  | { readonly kind: "create meter"; readonly eventName: string }
  | { readonly kind: "create product"; readonly scope: string; readonly name: string; readonly id: string | undefined }
  | {
      readonly kind: "update product";
      readonly id: string;
      readonly name: string;
      readonly fields: { readonly active?: true; readonly scope?: string };
    }
  | {
      readonly kind: "create price";
      readonly scope: string;
      readonly price: WantedPrice;
      /** Undefined: that of the product which is made for this scope. */
      readonly product: string | undefined;
      /** The meter's event name; undefined: a flat price. */
      readonly meter: string | undefined;
    };

export interface CataloguePlan {
  /** In the order in which they are carried out. */
  readonly changes: readonly Change[];
  /** Nothing to do about here, and worth knowing. */
  readonly notes: readonly string[];
  /** What stands in the way: it cannot be changed, only replaced by hand. */
  readonly conflicts: readonly string[];
}

/** Pure. What is missing is made, and what is there is used; nothing is ever removed or archived. */
export function planCatalogue(wanted: readonly Wanted[], live: LiveCatalogue): CataloguePlan {
  const meterNames = [...new Set(wanted.flatMap(({ meter }) => meter ?? []))];
  const parts = [
    ...meterNames.map((eventName) => planMeter(eventName, live.meters)),
    ...wanted.map((one) => planScope(one, live)),
  ];
  return {
    changes: parts.flatMap(({ changes }) => changes),
    notes: parts.flatMap(({ notes }) => notes),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
}

const NOTHING: CataloguePlan = { changes: [], notes: [], conflicts: [] };

function planMeter(eventName: string, meters: readonly LiveMeter[]): CataloguePlan {
  const meter = meters.find((one) => one.eventName === eventName);
  if (meter === undefined) return { ...NOTHING, changes: [{ kind: "create meter", eventName }] };
  const wrong = [
    ...(meter.formula === "sum" ? [] : [`adds up by "${meter.formula}" instead of "sum"`]),
    ...(meter.customerKey === "stripe_customer_id" ? [] : [`reads the customer from "${meter.customerKey}"`]),
    ...(meter.valueKey === "value" ? [] : [`reads the value from "${meter.valueKey}"`]),
    // The latest event of a window overwrites those before it: with several gateways usage would be lost.
    ...(meter.window === undefined ? [] : [`is aggregated by the ${meter.window} before it arrives`]),
  ];
  if (wrong.length === 0) return NOTHING;
  const advice = `Name another event in stripe.json, or deactivate ${meter.id} in the dashboard and run this again.`;
  return { ...NOTHING, conflicts: [`The meter ${eventName} ${wrong.join(", ")}, and cannot be changed. ${advice}`] };
}

function planScope(wanted: Wanted, live: LiveCatalogue): CataloguePlan {
  const { scope, productId, productName } = wanted;
  const [product, ...others] = findProducts(wanted, live.products);
  const notes = others.map(
    ({ id }) =>
      `Another active product is called ${productName}: ${id}. Either pays for ${scope}; prices go to ${product?.id}.`,
  );
  const changes: Change[] = product
    ? updateProduct(product, scope)
    : [{ kind: "create product", scope, name: productName, id: productId }];
  const { price } = wanted;
  if (price === undefined) {
    const sold = live.prices.some((one) => one.product === product?.id);
    return {
      ...NOTHING,
      changes,
      notes: sold
        ? notes
        : [...notes, `${scope} has no price in stripe.json, and none in Stripe: nobody can subscribe.`],
    };
  }
  const ofProduct = live.prices.filter((one) => one.product === product?.id);
  const meterId = live.meters.find((meter) => meter.eventName === wanted.meter)?.id;
  const same = ofProduct.filter((one) => isPrice(one, price, wanted.meter, meterId));
  if (same.length === 0)
    changes.push({ kind: "create price", scope, price, product: product?.id, meter: wanted.meter });
  return {
    ...NOTHING,
    changes,
    notes: [
      ...notes,
      ...ofProduct
        .filter((one) => !same.includes(one))
        .map(
          (one) => `${scope} is also sold for ${renderPrice(one)} (${one.id}). Archive that price if it is an old one.`,
        ),
    ],
  };
}

/** By id, else the active ones of that name, oldest first: what was sold first stays what is sold. */
function findProducts({ productId, productName }: Wanted, products: readonly LiveProduct[]): readonly LiveProduct[] {
  return products
    .filter(({ id, name, active }) => (productId === undefined ? active && name === productName : id === productId))
    .sort((one, other) => one.created - other.created);
}

function updateProduct(product: LiveProduct, scope: string): Change[] {
  const fields = { ...(!product.active && { active: true as const }), ...(product.scope !== scope && { scope }) };
  if (Object.keys(fields).length === 0) return [];
  return [{ kind: "update product", id: product.id, name: product.name, fields }];
}

function isPrice(
  live: LivePrice,
  { amount, currency, interval }: WantedPrice,
  meter: string | undefined,
  meterId: string | undefined,
): boolean {
  const isMeterRight =
    meter === undefined ? live.meter === undefined : live.meter !== undefined && live.meter === meterId;
  return live.amount === amount && live.currency === currency && live.interval === interval && isMeterRight;
}

export function renderPrice({ amount, currency, interval }: WantedPrice | LivePrice): string {
  const each = interval === "" ? "once" : `per ${interval}`;
  return `${amount === "" ? "tiers" : amount} ${currency} (smallest unit) ${each}`;
}
