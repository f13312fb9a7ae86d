import type Stripe from "stripe";
import { ownsLinked, type Person } from "./person.ts";

/** What is wrong in the end. All empty or 0 is right, but for the refresh count, which is a cost. */
export interface Findings {
  /** Emails with more than one live customer. */
  doubles: number;
  /** Users without a customer whose email no one else's customer has. */
  without: number;
  /** Users with a link to a customer that is not theirs, or gone. */
  wrongLinks: number;
  /** Customers that lie with another person than they were made for. */
  takenOver: number;
  /** Refresh exchanges and silent logins denied to users whose customer was fine. */
  deniedReturns: number;
}

/** @param madeFor the `auth0_user_id` that each customer was made with, by id */
export function listFindings(
  present: readonly Person[],
  live: readonly Stripe.Customer[],
  madeFor: ReadonlyMap<string, string | undefined>,
): Omit<Findings, "deniedReturns"> {
  const emails = live.map(({ email }) => email?.toLowerCase());
  const hasRival = ({ email, identities }: Person): boolean =>
    live.some(
      (customer, index) =>
        emails[index] === email.toLowerCase() && !identities.includes(customer.metadata.auth0_user_id ?? ""),
    );
  return {
    doubles: new Set(emails.filter((email, index) => emails.indexOf(email) !== index)).size,
    without: present.filter((person) => person.isVerified && !ownsLinked(person, live) && !hasRival(person)).length,
    wrongLinks: present.filter(
      (person) => person.appMetadata.stripe_customer_id !== undefined && !ownsLinked(person, live),
    ).length,
    takenOver: live.filter(({ id, metadata: { auth0_user_id: owner } }) => {
      const first = madeFor.get(id);
      const isOnePerson = present.some(({ identities }) =>
        [first, owner].every((each) => identities.includes(each ?? "")),
      );
      return first !== owner && !isOnePerson;
    }).length,
  };
}
