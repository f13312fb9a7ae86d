import type { PaidQuestion, PaidState } from "../paid-scopes.ts";
import type { AccountCustomers } from "./account-customers.ts";
import type { Deadline } from "./deadline.ts";
import { readPaid } from "./read-paid.ts";
import { readWithRetries } from "./read-with-retries.ts";
import type { StripeSubscriptions } from "./stripe-subscriptions.ts";

export interface PayingQuestion {
  readonly userId: string;
  /** `userId` and those of the accounts that were linked to it: each may have had a customer. */
  readonly userIds: readonly string[];
  readonly billing: Pick<PaidQuestion, "paidScopes" | "pastDue">;
  readonly subscriptions: StripeSubscriptions;
  readonly customers: AccountCustomers;
  readonly deadline: Deadline;
  /** Seconds since the epoch. */
  readonly now: number;
}

/**
 * Of the customers of a person's accounts the one that pays for most of what costs money, made the person's; the linked one where none
 * pays for more. A token has room for one customer.
 *
 * @param own what the linked one pays for
 * @throws {Unsettled}
 */
export async function choosePaying(own: PaidState, question: PayingQuestion): Promise<PaidState> {
  const { userId, userIds, billing, subscriptions, customers, deadline, now } = question;
  let best = own;
  for (const customer of await readWithRetries(() => customers.find(userIds), deadline)) {
    if (customer === own.customer) continue;
    const other = await readPaid(customer, billing, subscriptions, deadline, now);
    if (other.scopes.length > best.scopes.length) best = other;
  }
  if (best !== own) await readWithRetries(() => customers.adopt(best.customer, userId), deadline);
  return best;
}
