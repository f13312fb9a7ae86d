import type Stripe from "stripe";
import type { Deadline } from "./deadline.ts";
import { UnexpectedAnswer } from "./failure.ts";
import { loadStripe } from "./load-stripe.ts";
import { readWithRetries } from "./read-with-retries.ts";

/** Customers by the accounts that they were made for. Each call throws `Unsettled`. */
export interface AccountCustomers {
  /** Ids of the customers that were made for these accounts. A search, which lags behind by a minute. */
  find(userIds: readonly string[]): Promise<readonly string[]>;
  /** Makes it the user's, whichever account it was made for. Done twice it comes to the same. */
  adopt(customer: string, userId: string): Promise<void>;
}

export type OpenCustomers = (secretKey: string, deadline: Deadline) => AccountCustomers;

/** Stripe docs, "Search": so many clauses in one query at the most. */
const CLAUSES = 10;

export const openCustomers: OpenCustomers = (secretKey, deadline) =>
  createAccountCustomers(loadStripe(secretKey).customers, deadline);

export function createAccountCustomers(customers: Stripe["customers"], deadline: Deadline): AccountCustomers {
  return {
    find: (userIds) =>
      readWithRetries(async () => {
        const clauses = userIds
          .slice(0, CLAUSES)
          .map((id) => `metadata["auth0_user_id"]:"${id.replace(/["\\]/g, "\\$&")}"`);
        const { data } = await customers.search({ query: clauses.join(" OR "), limit: 100 }, deadline.startCall());
        if (!Array.isArray(data)) throw new UnexpectedAnswer();
        // The search does not look at case.
        return data.flatMap(({ id, metadata }) => (userIds.some((user) => user === metadata.auth0_user_id) ? id : []));
      }, deadline),
    adopt: (customer, userId) =>
      readWithRetries(async () => {
        const metadata = { auth0_user_id: userId, auth0_user_deleted: "" };
        const { object } = await customers.update(customer, { metadata }, deadline.startCall());
        if (object !== "customer") throw new UnexpectedAnswer();
      }, deadline),
  };
}
