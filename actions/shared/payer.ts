import type { Event } from "@auth0/actions/post-login/v3";
import { isCustomerId } from "./paid-scopes.ts";

/**
 * The customer of the organization that the user has logged in to, as the organization's metadata name it; undefined: the user pays.
 * What people use there is the organization's, as is what its machines use.
 */
export function findOrganizationCustomer({ organization }: Event): string | undefined {
  const customer: unknown = organization?.metadata?.stripe_customer_id;
  return isCustomerId(customer) ? customer : undefined;
}
