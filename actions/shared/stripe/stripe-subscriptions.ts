import type Stripe from "stripe";
import type { Subscribed } from "../paid-scopes.ts";
import type { Deadline } from "./deadline.ts";
import { UnexpectedAnswer } from "./failure.ts";
import { loadStripe } from "./load-stripe.ts";

/** What a customer pays for takes two calls. Each throws the SDK's errors, `Unsettled` when the time is up, or `UnexpectedAnswer`. */
export interface StripeSubscriptions {
  /** Those of the customer that are not canceled, newest first, at most 100; names of products are left out. */
  list(customer: string): Promise<Subscribed[]>;
  /** Product id to name, of those that are active. */
  readNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export type OpenStripe = (secretKey: string, deadline: Deadline) => StripeSubscriptions;

export const openStripe: OpenStripe = (secretKey, deadline) =>
  createStripeSubscriptions(loadStripe(secretKey), deadline);

/** Names take a call of their own: a list can be expanded four levels deep, and they are on the fifth. */
export function createStripeSubscriptions(
  { subscriptions, products }: Pick<Stripe, "subscriptions" | "products">,
  deadline: Deadline,
): StripeSubscriptions {
  return {
    list: async (customer) => {
      const { data } = await subscriptions.list({ customer, limit: 100 }, { timeout: deadline.startCall() });
      return checkList(data, "subscription").map(readSubscription);
    },
    readNames: async (ids) => {
      const parameters = { ids: [...ids], active: true, limit: 100 };
      const { data } = await products.list(parameters, { timeout: deadline.startCall() });
      return new Map(checkList(data, "product").map(({ id, name }) => [id, name]));
    },
  };
}

function checkList<T extends { object: string }>(data: T[], object: string): T[] {
  if (!Array.isArray(data) || data.some((one) => one.object !== object)) throw new UnexpectedAnswer();
  return data;
}

const readSubscription = ({ status, cancel_at: cancelAt, items }: Stripe.Subscription): Subscribed => ({
  status,
  cancelAt: cancelAt ?? undefined,
  items: items.data.map(({ price: { product }, current_period_end: periodEnd }) => ({
    // Not expanded, so that it is an id.
    product: { id: String(product), name: undefined },
    periodEnd,
  })),
});
