import type { Event } from "@auth0/actions/post-login/v3";
import { isCreatedSince, isRefreshExchange } from "../shared/login.ts";
import { isEmailTrusted, type Profile } from "../shared/trusted-email.ts";
import { normalizeEmail } from "./email.ts";
import { readSyncSince, readWhenMade, type Secrets } from "./settings.ts";

/** What this login asks of Stripe. */
export type Plan = CarryEmail | { kind: "no verified email" } | ({ kind: "settle" } & Question);

/** The customer is this user's, and has another email. */
export interface CarryEmail {
  kind: "carry email";
  id: string;
  email: string;
}

export interface Question {
  /** A customer's id without our mark, if it is one: whose is it? If nobody's any more, go on with `email`. */
  id: unknown;
  /** Verified, or trusted. Empty: there is none. */
  email: string;
}

export interface Settling {
  readonly user: Profile;
  readonly secrets: Secrets;
}

/**
 * Decides from the event alone, cheapest question first: a returning user costs no call, no setting, no SDK.
 *
 * @throws {ActionError} `bad_setting`
 */
export function planSync(event: Event & { readonly secrets: Secrets }): Plan | undefined {
  if (isRefreshExchange(event)) return undefined;
  const isDoneAtLogin = (): boolean => readWhenMade(event.secrets) === "login";
  const customer = findLink(event.user);
  if (!customer) return isDoneAtLogin() && isNew(event) ? planQuestion(event) : undefined;
  const plan = planEmail(customer, event);
  return plan && isDoneAtLogin() ? plan : undefined;
}

/** The customer that is marked as made for this very user. */
export const findLink = (user: Profile): NonNullable<unknown> | undefined =>
  user.app_metadata?.stripe_customer_linked_to === user.user_id ? findStored(user) : undefined;

/** Where it is not known which email the customer has, as of one that was linked before that was remembered, nothing is asked. */
export function planEmail(id: unknown, settling: Settling): CarryEmail | undefined {
  const known: unknown = settling.user.app_metadata?.stripe_customer_email;
  if (typeof known !== "string" || typeof id !== "string") return undefined;
  const email = normalizeEmail(readTrustedEmail(settling));
  return !email || email === known ? undefined : { kind: "carry email", id, email };
}

/** What to ask Stripe about somebody who is to have a customer, and has none that is marked as theirs. */
export function planQuestion(settling: Settling): Exclude<Plan, CarryEmail> {
  const id = findStored(settling.user);
  const email = readTrustedEmail(settling);
  return id || email ? { kind: "settle", id, email } : { kind: "no verified email" };
}

/** Empty: none. An address that nobody has proven would let anyone take the customer of its owner. */
const readTrustedEmail = (settling: Settling): string => (isEmailTrusted(settling) ? (settling.user.email ?? "") : "");

/** The customer that app_metadata names, whoever wrote it there. */
const findStored = ({ app_metadata: metadata }: Profile): NonNullable<unknown> | undefined =>
  metadata?.stripe_customer_id || undefined;

/**
 * `logins_count` alone is not enough: it rises on denied logins too, and stays 1 for a whole first session (Auth0 support:
 * "When is logins_count incremented").
 */
const isNew = (event: Event & { readonly secrets: Secrets }): boolean =>
  event.stats.logins_count <= 1 || isCreatedSince(event, readSyncSince(event.secrets));
