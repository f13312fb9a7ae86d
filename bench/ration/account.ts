import type { BillingSource, Reading } from "../../gateways/authorizer/billing/source.ts";

/** An account at Stripe that always answers, and counts the reads of each day. */
export interface Account {
  readonly source: BillingSource;
  subscribe(customer: string): void;
  cancel(customer: string): void;
  /** By the day. */
  listReads(): readonly number[];
}

const DAY = 24 * 60 * 60_000;

/** @param clock milliseconds since the simulation began */
export function createAccount(clock: () => number): Account {
  const subscribed = new Set<string>();
  const readsOn: number[] = [];
  const answer = async <T>(value: T): Promise<Reading<T>> => {
    const day = Math.floor(clock() / DAY);
    readsOn[day] = (readsOn[day] ?? 0) + 1;
    return { value, reads: 1 };
  };
  return {
    source: {
      readSubscriptions: (customer) =>
        answer(subscribed.has(customer) ? [{ status: "active", products: ["prod_1"] }] : []),
      readCustomers: () => answer([]),
      readProducts: () => answer(new Map([["get:reports", ["prod_1"]]])),
    },
    subscribe: (customer) => void subscribed.add(customer),
    cancel: (customer) => void subscribed.delete(customer),
    listReads: () => Array.from(readsOn, (reads = 0) => reads),
  };
}
