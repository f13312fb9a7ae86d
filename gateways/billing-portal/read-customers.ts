import type Stripe from "stripe";
import type { PaidQuestion, PaidState } from "../../actions/shared/paid-scopes.ts";
import { createAccountCustomers } from "../../actions/shared/stripe/account-customers.ts";
import { choosePaying } from "../../actions/shared/stripe/choose-paying.ts";
import type { Deadline } from "../../actions/shared/stripe/deadline.ts";
import { readPaid } from "../../actions/shared/stripe/read-paid.ts";
import { readWithRetries } from "../../actions/shared/stripe/read-with-retries.ts";
import { createStripeSubscriptions } from "../../actions/shared/stripe/stripe-subscriptions.ts";
import type { Profile } from "../../actions/shared/trusted-email.ts";
import { findOwn } from "../../actions/sync-stripe-customer/choose-customer.ts";
import { normalizeEmail } from "../../actions/sync-stripe-customer/email.ts";
import { readPerson } from "../../actions/sync-stripe-customer/person.ts";
import { type Customer, createStripeCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";

/** Customers that were made for a person's accounts. */
export interface FoundCustomers {
  /** The person's. Undefined: none of the accounts has one. */
  readonly own: string | undefined;
  /** Those that the other accounts brought along. */
  readonly others: readonly string[];
}

export interface ReadOptions {
  readonly stripe: Stripe;
  readonly billing: Pick<PaidQuestion, "paidScopes" | "pastDue">;
  readonly deadline: Deadline;
  /** Seconds since the epoch. */
  readonly now: number;
}

/**
 * Of the customers of a person's accounts the one that require-subscription would take, made the person's; where none pays, the one
 * that sync-stripe-customer would. Somebody is about to pay, so that each is looked at: a search is behind by a minute, and emails
 * can have changed.
 *
 * @param link the customer that app_metadata names; it counts only while Stripe has it
 * @throws {Unsettled}
 */
export async function readCustomers(
  profile: Profile,
  link: string | undefined,
  { stripe, billing, deadline, now }: ReadOptions,
): Promise<FoundCustomers> {
  const person = readPerson(profile);
  const { userId, userIds } = person;
  const customers = createStripeCustomers(stripe.customers, deadline);
  const accounts = createAccountCustomers(stripe.customers, deadline);
  const subscriptions = createStripeSubscriptions(stripe, deadline);

  const ids = new Set(link === undefined ? [] : [link]);
  for (const id of await readWithRetries(() => accounts.find(userIds), deadline)) ids.add(id);
  const emails = [profile.email ?? "", ...person.otherEmails].map(normalizeEmail).filter((email) => email !== "");
  for (const email of new Set(emails))
    for (const { id } of await readWithRetries(() => customers.list(email), deadline)) ids.add(id);
  const found: Customer[] = [];
  for (const id of ids) {
    const one = await readWithRetries(() => customers.retrieve(id), deadline);
    if (one && (one.id === link || userIds.some((owner) => owner === one.ownerId))) found.push(one);
  }

  const linked = found.find(({ id }) => id === link);
  const own: PaidState = linked
    ? await readPaid(linked.id, billing, subscriptions, deadline, now)
    : { customer: "", scopes: [], until: null, checked_at: now };
  const candidates = { ...accounts, find: async () => found.map(({ id }) => id) };
  const question = { userId, userIds, billing, subscriptions, customers: candidates, deadline, now };
  const { customer } = await choosePaying(own, question);
  const choice = customer === "" ? findOwn(found, person) : undefined;
  if (choice?.kind === "adopt") await readWithRetries(() => accounts.adopt(choice.id, userId), deadline);
  const theirs = customer || choice?.id;
  return { own: theirs, others: found.map(({ id }) => id).filter((id) => id !== theirs) };
}
