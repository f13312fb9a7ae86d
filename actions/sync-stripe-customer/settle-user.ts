import type { Deadline } from "../shared/stripe/deadline.ts";
import { type Profile, readEmailSource } from "../shared/trusted-email.ts";
import { normalizeEmail } from "./email.ts";
import type { Limits } from "./limits.ts";
import { readPerson } from "./person.ts";
import type { Question, Settling } from "./plan-sync.ts";
import { readAdoptConnections } from "./settings.ts";
import { type Context, look, type Settlement, settle } from "./settle.ts";
import type { StripeCustomers } from "./stripe-customers.ts";

export interface SettlingUser extends Settling {
  readonly stripe: StripeCustomers;
  readonly deadline: Deadline;
  readonly limits: Limits;
}

/**
 * The rules of one customer a person, for whoever has the person's profile: the Action at a login, the billing portal at a checkout,
 * the backfill.
 *
 * @throws {Unsettled}
 * @throws {ActionError} `bad_setting`
 */
export const settleUser = async (question: Question, { user, secrets, ...calls }: SettlingUser): Promise<Settlement> =>
  settle(question, { ...readOwnership({ user, secrets }), ...calls });

/** What settling would begin with, with nothing but reads. @throws {Unsettled | ActionError} as settleUser */
export const lookForUser = async (
  question: Question,
  { user, secrets, ...calls }: Omit<SettlingUser, "limits">,
): ReturnType<typeof look> => look(question, { ...readOwnership({ user, secrets }), ...calls });

function readOwnership({ user, secrets }: Settling): Pick<Context, "person" | "mayAdopt"> {
  const connections = readAdoptConnections(secrets);
  // An enterprise directory's word does not prove whose the mailbox is.
  const mayAdopt = user.email_verified === true && connections.includes(readEmailSource(user)[1]);
  return { person: readPerson(user), mayAdopt };
}

/** What app_metadata keeps of the customer. The email of one that was found is not known: the next login brings it up to date. */
export const renderLink = (
  { user_id: userId, email = "" }: Profile,
  { id, how }: Extract<Settlement, { kind: "linked" }>,
): Readonly<Record<string, string>> => ({
  stripe_customer_id: id,
  stripe_customer_linked_to: userId,
  stripe_customer_email: how === "created" ? normalizeEmail(email) : "",
});
