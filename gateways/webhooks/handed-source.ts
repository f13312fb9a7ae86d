import type { BillingSource, Reading, Subscription } from "../authorizer/billing/source.ts";

export interface HandedSource extends BillingSource {
  /** While `use` runs, the customer's subscriptions are these: what was just read is not read again. */
  handSubscriptions(customer: string, subscriptions: readonly Subscription[], use: () => Promise<void>): Promise<void>;
  /** Reads the products; while `use` runs, they are these. */
  handProducts(use: (reading: Reading<Products>) => Promise<void>): Promise<void>;
}

type Products = ReadonlyMap<string, readonly string[]>;

/** The source, and what the receiver has read for it. What was handed over costs no read. */
export function createHandedSource(source: BillingSource): HandedSource {
  const handed = new Map<string, readonly Subscription[]>();
  let products: Products | undefined;
  return {
    ...source,
    readSubscriptions: async (customer): Promise<Reading<readonly Subscription[]>> => {
      const value = handed.get(customer);
      return value === undefined ? source.readSubscriptions(customer) : { value, reads: 0 };
    },
    readProducts: async () => (products === undefined ? source.readProducts() : { value: products, reads: 0 }),
    async handSubscriptions(customer, subscriptions, use) {
      handed.set(customer, subscriptions);
      try {
        await use();
      } finally {
        handed.delete(customer);
      }
    },
    async handProducts(use) {
      const reading = await source.readProducts();
      products = reading.value;
      try {
        await use(reading);
      } finally {
        products = undefined;
      }
    },
  };
}
