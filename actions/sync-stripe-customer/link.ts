import type { Profile } from "../shared/trusted-email.ts";
import type { Customer } from "./stripe-customers.ts";

/** What app_metadata keeps of the customer. Where its email is another one than the user's, or "", the next login brings it up to date. */
export const renderLink = (
  { user_id: userId }: Profile,
  { id, email }: Pick<Customer, "id" | "email">,
): Readonly<Record<string, string>> => ({
  stripe_customer_id: id,
  stripe_customer_linked_to: userId,
  stripe_customer_email: email,
});
