import type { BillingSource, Reading, Subscription } from "../../../gateways/authorizer/billing/source.ts";

export interface TestBillingSource extends BillingSource {
  readonly subscriptions: Map<string, Subscription[]>;
  readonly customers: Map<string, string[]>;
  readonly products: Map<string, string[]>;
  /** Calls so far, as `subscriptions cus_1`. */
  readonly calls: string[];
  isDown: boolean;
  /** While set, answers wait for it; what they say is fixed when the call comes in. */
  gate: Promise<void> | undefined;
}

/** Billing that the test writes to directly, and that counts what it is asked. */
export function createTestSource(): TestBillingSource {
  const answer = async <T>(call: string, value: T): Promise<Reading<T>> => {
    source.calls.push(call);
    const { isDown } = source;
    await source.gate;
    if (isDown) throw new Error("Stripe does not answer.");
    return { value, reads: 1 };
  };
  const source: TestBillingSource = {
    subscriptions: new Map(),
    customers: new Map(),
    products: new Map([
      ["get:reports", ["prod_reports"]],
      ["post:orders", ["prod_orders", "prod_orders_old"]],
    ]),
    calls: [],
    isDown: false,
    gate: undefined,
    readSubscriptions: (customer) =>
      answer(`subscriptions ${customer}`, [...(source.subscriptions.get(customer) ?? [])]),
    readCustomers: (email) => answer("customers", [...(source.customers.get(email) ?? [])]),
    readProducts: () => answer("products", new Map(source.products)),
  };
  return source;
}

export const subscribed = (status: string, ...products: string[]): Subscription => ({ status, products });
