import type Stripe from "stripe";
import type { Deadline } from "./deadline.ts";
import { UnexpectedAnswer } from "./failure.ts";
import { loadStripe } from "./load-stripe.ts";
import { readWithRetries } from "./read-with-retries.ts";

/** A subscription that is not over. */
export interface Subscribed {
  readonly status: string;
  /** Seconds since the epoch: when it ends whatever happens, if it does. */
  readonly cancelAt: number | undefined;
  /** `product`: its id. */
  readonly items: readonly { readonly product: string; readonly periodEnd: number }[];
}

/** What a customer pays for takes two calls. */
export interface StripeSubscriptions {
  /** Those of the customer that are not canceled, newest first, at most 100. */
  list(customer: string): Promise<readonly Subscribed[]>;
  /** Product id to name, of those that are active. */
  readNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export type OpenStripe = (secretKey: string, deadline: Deadline) => StripeSubscriptions;

export const openStripe: OpenStripe = (secretKey, deadline) =>
  createStripeSubscriptions(loadStripe(secretKey), deadline);

/** Each throws `Unsettled`. Names take a call of their own: a list can be expanded four levels deep, and they are on the fifth. */
export function createStripeSubscriptions(
  { subscriptions, products }: Pick<Stripe, "subscriptions" | "products">,
  deadline: Deadline,
): StripeSubscriptions {
  return {
    list: (customer) =>
      readWithRetries(async () => {
        const { data } = await subscriptions.list({ customer, limit: 100 }, deadline.startCall());
        return checkList(data, "subscription").map(readSubscription);
      }, deadline),
    readNames: (ids) =>
      readWithRetries(async () => {
        const parameters = { ids: [...ids], active: true, limit: 100 };
        const { data } = await products.list(parameters, deadline.startCall());
        return new Map(checkList(data, "product").map(({ id, name }) => [id, name]));
      }, deadline),
  };
}

function checkList<T extends { object: string }>(data: T[], object: string): T[] {
  if (!Array.isArray(data) || data.some((one) => one.object !== object)) throw new UnexpectedAnswer();
  return data;
}

const readSubscription = ({ status, cancel_at: cancelAt, items }: Stripe.Subscription): Subscribed => ({
  status,
  cancelAt: cancelAt ?? undefined,
  // Not expanded, so that it is an id.
  items: items.data.map(({ price, current_period_end: periodEnd }) => ({ product: String(price.product), periodEnd })),
});
