import type Stripe from "stripe";
import { orMissing } from "../billing/or-missing.ts";

/** What is done to Stripe's customers. Each rejects with the SDK's errors. */
export interface Customers {
  /** False: the customer is gone. */
  changeEmail(customer: string, email: string): Promise<boolean>;
  /** Those that were made for the user. @param link one that the user was linked to, which a search may not find yet */
  findOwn(userId: string, link: string | undefined): Promise<readonly string[]>;
  /** Ends them at once and invoices what was used until then. @returns how many */
  cancelSubscriptions(customer: string): Promise<number>;
  /** Says that its user is gone: sync-stripe-customer then lets others have the address. @param at ISO 8601 */
  markOrphan(customer: string, at: string): Promise<void>;
}

/** @param stripe may write customers and subscriptions */
export function createCustomers(stripe: Stripe): Customers {
  return {
    async changeEmail(customer, email) {
      return (await orMissing(stripe.customers.update(customer, { email }))) !== undefined;
    },
    async findOwn(userId, link) {
      const linked = link === undefined ? undefined : await orMissing(stripe.customers.retrieve(link));
      const query = `metadata["auth0_user_id"]:"${userId.replace(/["\\]/g, "\\$&")}"`;
      const { data } = await stripe.customers.search({ query, limit: 100 });
      const found = [...(linked === undefined || linked.deleted ? [] : [linked]), ...data];
      // The search does not look at case.
      return [...new Set(found.filter(({ metadata }) => metadata.auth0_user_id === userId).map(({ id }) => id))];
    },
    async cancelSubscriptions(customer) {
      const { data } = await stripe.subscriptions.list({ customer, limit: 100 });
      for (const { id } of data) await orMissing(stripe.subscriptions.cancel(id, { invoice_now: true }));
      return data.length;
    },
    async markOrphan(customer, at) {
      await orMissing(stripe.customers.update(customer, { metadata: { auth0_user_deleted: at } }));
    },
  };
}
