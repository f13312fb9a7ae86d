/** Stripe's words, and whatever it may add. */
type SubscriptionStatus =
  | "active"
  | "trialing"
  | "past_due"
  | "incomplete"
  | "incomplete_expired"
  | "canceled"
  | "unpaid"
  | "paused"
  | (string & {});

export interface Subscription {
  readonly status: SubscriptionStatus;
  /** Product ids of its items. */
  readonly products: readonly string[];
}

/** An answer, and how many reads of Stripe's ration it took. */
export interface Reading<T> {
  readonly value: T;
  readonly reads: number;
}

/** Product name → ids of the active products of that name. */
export type Products = ReadonlyMap<string, readonly string[]>;

/**
 * What is asked about billing. Each call rejects when the answer is not known for certain; none answers "nothing" for
 * "I could not find out".
 */
export interface BillingSource {
  /** All that are not over. @param customer `cus_…` */
  readSubscriptions(customer: string): Promise<Reading<readonly Subscription[]>>;
  /** Ids of the customers with this email, as written or in lower case, oldest first: Stripe allows several. */
  readCustomers(email: string): Promise<Reading<readonly string[]>>;
  readProducts(): Promise<Reading<Products>>;
}
