import type { Profile } from "../shared/trusted-email.ts";
import { normalizeEmail } from "./email.ts";
import type { Linked } from "./settle.ts";

/** What app_metadata keeps of the customer. The email of one that was found is not known: the next login brings it up to date. */
export const renderLink = (
  { user_id: userId, email = "" }: Profile,
  { id, kind }: Linked,
): Readonly<Record<string, string>> => ({
  stripe_customer_id: id,
  stripe_customer_linked_to: userId,
  stripe_customer_email: kind === "created" ? normalizeEmail(email) : "",
});
