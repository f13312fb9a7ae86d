import type Stripe from "stripe";
import type { PaidRules, PaidState } from "../../actions/shared/paid-scopes.ts";
import { createAccountCustomers } from "../../actions/shared/stripe/account-customers.ts";
import { choosePaying } from "../../actions/shared/stripe/choose-paying.ts";
import type { Deadline } from "../../actions/shared/stripe/deadline.ts";
import { readPaid } from "../../actions/shared/stripe/read-paid.ts";
import { readWithRetries } from "../../actions/shared/stripe/read-with-retries.ts";
import { createStripeSubscriptions } from "../../actions/shared/stripe/stripe-subscriptions.ts";
import { type Profile, readUserIds } from "../../actions/shared/trusted-email.ts";
import { findOwn } from "../../actions/sync-stripe-customer/choose-customer.ts";
import { listLinkedEmails, normalizeEmail } from "../../actions/sync-stripe-customer/email.ts";
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
  readonly billing: PaidRules;
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
  const { user_id: userId, email = "" } = profile;
  const userIds = readUserIds(profile);
  const customers = createStripeCustomers(stripe.customers, deadline);
  const accounts = createAccountCustomers(stripe.customers, deadline);
  const subscriptions = createStripeSubscriptions(stripe, deadline);

  const ids = new Set(link === undefined ? [] : [link]);
  for (const id of await accounts.find(userIds)) ids.add(id);
  const emails = [normalizeEmail(email) || [], listLinkedEmails(profile)].flat();
  for (const one of new Set(emails))
    for (const { id } of await readWithRetries(() => customers.list(one), deadline)) ids.add(id);
  const found: Customer[] = [];
  for (const id of ids) {
    const one = await readWithRetries(() => customers.retrieve(id), deadline);
    if (one && (one.id === link || userIds.some((owner) => owner === one.ownerId))) found.push(one);
  }

  const linked = found.find(({ id }) => id === link);
  const readOf = (customer: string): Promise<PaidState> => readPaid(customer, billing, subscriptions, now);
  const own = linked ? await readOf(linked.id) : { customer: "", scopes: [], until: null, checked_at: now };
  const candidates = { ...accounts, find: async () => found.map(({ id }) => id) };
  const { customer } = await choosePaying(own, userId, userIds, candidates, readOf);
  const choice = customer === "" ? findOwn(found, profile) : undefined;
  if (choice?.kind === "adopt") await accounts.adopt(choice.id, userId);
  const theirs = customer || choice?.id;
  return { own: theirs, others: found.map(({ id }) => id).filter((id) => id !== theirs) };
}
