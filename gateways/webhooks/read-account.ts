import type Stripe from "stripe";
import type { Subscribed } from "../../actions/shared/stripe/stripe-subscriptions.ts";
import { orMissing } from "../billing/or-missing.ts";
import { UnexpectedAnswer } from "../billing/stripe-client.ts";

export interface CustomerAccount {
  readonly subscriptions: readonly Subscribed[];
  /** The Auth0 user that the customer was made for; undefined: nobody's, or the customer is gone. */
  readonly userId: string | undefined;
  /** The customer's; undefined: it has none, or nothing that counts for it. */
  readonly email: string | undefined;
  readonly reads: number;
}

const PAGE = 100;
/** More than that is not one person's customer. */
const MOST = 2000;

/** One read for a customer who has subscriptions, a second one for a customer who has none. Rejects when it is not certain. */
export async function readAccount(stripe: Stripe, customer: string): Promise<CustomerAccount> {
  const found = await listSubscriptions(stripe, customer);
  const [first] = found;
  if (first !== undefined && typeof first.customer === "object") {
    return {
      subscriptions: await Promise.all(found.map((subscription) => readItems(stripe, subscription))),
      userId: readUserId(first.customer),
      email: first.customer.deleted ? undefined : (first.customer.email ?? undefined),
      reads: Math.ceil(found.length / PAGE) + found.filter(({ items }) => items.has_more).length,
    };
  }
  if (first !== undefined) throw new UnexpectedAnswer();
  const owner = await orMissing(stripe.customers.retrieve(customer));
  if (owner !== undefined && owner.object !== "customer") throw new UnexpectedAnswer();
  return { subscriptions: [], userId: owner && readUserId(owner), email: undefined, reads: 2 };
}

/** One read. Undefined: there is no such subscription. */
export async function findSubscriber(stripe: Stripe, subscription: string): Promise<string | undefined> {
  const found = await orMissing(stripe.subscriptions.retrieve(subscription));
  if (found === undefined) return undefined;
  if (found.object !== "subscription") throw new UnexpectedAnswer();
  return typeof found.customer === "string" ? found.customer : found.customer.id;
}

async function listSubscriptions(stripe: Stripe, customer: string): Promise<readonly Stripe.Subscription[]> {
  const list = stripe.subscriptions.list({ customer, limit: PAGE, expand: ["data.customer"] });
  // Before the SDK pages through it, which takes whatever it is given.
  const first = await orMissing(list);
  if (first === undefined) return [];
  if (!Array.isArray(first.data) || !first.data.every(({ id }) => id.startsWith("sub_"))) throw new UnexpectedAnswer();
  return first.has_more
    ? stripe.subscriptions.list({ customer, limit: PAGE, expand: ["data.customer"] }).autoPagingToArray({ limit: MOST })
    : first.data;
}

async function readItems(stripe: Stripe, { id, status, cancel_at: cancelAt, items }: Stripe.Subscription) {
  const all = items.has_more
    ? await stripe.subscriptionItems.list({ subscription: id, limit: PAGE }).autoPagingToArray({ limit: MOST })
    : items.data;
  return {
    status,
    cancelAt: cancelAt ?? undefined,
    items: all.map(({ price: { product }, current_period_end: periodEnd }) => ({
      product: typeof product === "string" ? product : product.id,
      periodEnd,
    })),
  };
}

const readUserId = (customer: Stripe.Customer | Stripe.DeletedCustomer): string | undefined =>
  customer.deleted ? undefined : customer.metadata.auth0_user_id || undefined;
