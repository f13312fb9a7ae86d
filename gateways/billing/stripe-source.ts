import type Stripe from "stripe";
import type { BillingSource, Reading, Subscription } from "../authorizer/billing/source.ts";
import { UnexpectedAnswer } from "./stripe-client.ts";

interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
}

const PAGE = 100;
/** More than that is not an answer for a request that waits. */
const MAX_PAGES = 20;

/**
 * Billing as Stripe knows it. Product names are not read with the subscriptions, because a list can be expanded four levels
 * deep and the name is on the fifth: the catalogue is a reading of its own.
 */
export function createStripeSource(stripe: Stripe): BillingSource {
  return {
    async readSubscriptions(customer) {
      // Without a status: all that are not canceled (docs.stripe.com/api/subscriptions/list).
      const { value, reads } = await readPages((page) => stripe.subscriptions.list({ customer, ...page }), "sub_");
      const subscriptions: Subscription[] = [];
      let more = 0;
      for (const { id, status, items } of value) {
        const rest = items.has_more
          ? await readPages((page) => stripe.subscriptionItems.list({ subscription: id, ...page }), "si_")
          : { value: items.data, reads: 0 };
        more += rest.reads;
        subscriptions.push({ status, products: rest.value.map(({ price }) => idOf(price.product)) });
      }
      return { value: subscriptions, reads: reads + more };
    },

    async readCustomers(email) {
      // The filter is exact and minds the case; sync-stripe-customer writes emails as Auth0 has them: in lower case.
      const spellings = [...new Set([email.toLowerCase(), email])];
      const found = await Promise.all(
        spellings.map((spelling) => readPages((page) => stripe.customers.list({ email: spelling, ...page }), "cus_")),
      );
      const customers = found.flatMap(({ value }) => value).sort((one, other) => one.created - other.created);
      return { value: customers.map(({ id }) => id), reads: sum(found.map(({ reads }) => reads)) };
    },

    async readProducts() {
      const { value, reads } = await readPages((page) => stripe.products.list({ active: true, ...page }), undefined);
      const catalogue = new Map<string, string[]>();
      for (const { id, name } of value) catalogue.set(name, [...(catalogue.get(name) ?? []), id]);
      return { value: catalogue, reads };
    },
  };
}

/**
 * All pages.
 *
 * @param prefix of the ids; undefined where they can be chosen freely, as those of products
 */
async function readPages<T extends { id: string }>(
  read: (page: { limit: number; starting_after?: string }) => Promise<Page<T>>,
  prefix: string | undefined,
): Promise<Reading<readonly T[]>> {
  const all: T[] = [];
  for (let reads = 1; reads <= MAX_PAGES; reads++) {
    const last = all.at(-1)?.id;
    const { data, has_more: hasMore } = await read({
      limit: PAGE,
      ...(last !== undefined && { starting_after: last }),
    });
    if (!Array.isArray(data) || !data.every(({ id }) => typeof id === "string" && id.startsWith(prefix ?? "")))
      throw new UnexpectedAnswer();
    all.push(...data);
    if (!hasMore || data.length === 0) return { value: all, reads };
  }
  throw new UnexpectedAnswer();
}

const idOf = (product: string | { id: string }): string => (typeof product === "string" ? product : product.id);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
