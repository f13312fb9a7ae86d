import type Stripe from "stripe";

export interface Subscribable {
  readonly product: string;
  readonly price: string;
}

/** A product with one monthly price, as the dashboard would make it. */
export async function sell(
  client: Stripe,
  name: string,
  price: Partial<Stripe.PriceCreateParams> = {},
): Promise<Subscribable> {
  const product = await client.products.create({ name });
  const { id } = await client.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    ...price,
  });
  return { product: product.id, price: id };
}

export async function createMeter(client: Stripe, eventName: string): Promise<Stripe.Billing.Meter> {
  return client.billing.meters.create({
    display_name: eventName,
    event_name: eventName,
    default_aggregation: { formula: "sum" },
  });
}
