import type { PaidState } from "../paid-scopes.ts";
import type { AccountCustomers } from "./account-customers.ts";

/**
 * Of the customers of a person's accounts the one that pays for most of what costs money, made the person's; the linked one where none
 * pays for more. A token has room for one customer.
 *
 * @param own what the linked one pays for
 * @param userIds `userId` and those of the accounts that were linked to it: each may have had a customer
 * @param readOf what another one pays for
 * @throws {Unsettled}
 */
export async function choosePaying(
  own: PaidState,
  userId: string,
  userIds: readonly string[],
  customers: AccountCustomers,
  readOf: (customer: string) => Promise<PaidState>,
): Promise<PaidState> {
  let best = own;
  for (const customer of await customers.find(userIds)) {
    if (customer === own.customer) continue;
    const other = await readOf(customer);
    if (other.scopes.length > best.scopes.length) best = other;
  }
  if (best !== own) await customers.adopt(best.customer, userId);
  return { ...best, accounts: userIds.length };
}
