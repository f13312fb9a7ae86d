import type { Deadline } from "../shared/stripe/deadline.ts";
import { readEmailSource } from "../shared/trusted-email.ts";
import type { Limits } from "./limits.ts";
import { readPerson } from "./person.ts";
import type { Question, Settling } from "./plan-sync.ts";
import { readAdoptConnections } from "./settings.ts";
import { type Settlement, settle } from "./settle.ts";
import type { StripeCustomers } from "./stripe-customers.ts";

export interface SettlingUser extends Settling {
  readonly stripe: StripeCustomers;
  readonly deadline: Deadline;
  readonly limits: Limits;
}

/**
 * The rules of one customer a person, for whoever has the person's profile: the Action at a login, the billing portal at a checkout.
 *
 * @throws {Unsettled}
 * @throws {ActionError} `bad_setting`
 */
export async function settleUser(question: Question, { user, secrets, ...calls }: SettlingUser): Promise<Settlement> {
  const connections = readAdoptConnections(secrets);
  // An enterprise directory's word does not prove whose the mailbox is.
  const mayAdopt = user.email_verified === true && connections.includes(readEmailSource(user)[1]);
  return settle(question, { person: readPerson(user), mayAdopt, ...calls });
}
