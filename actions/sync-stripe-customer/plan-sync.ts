import type { Event } from "@auth0/actions/post-login/v3";
import { isCreatedSince, isRefreshExchange } from "../shared/login.ts";
import { isEmailTrusted } from "../shared/trusted-email.ts";
import { readSyncSince, type Secrets } from "./settings.ts";

/** What this login asks of Stripe. */
export type Plan = { kind: "nothing" } | { kind: "no verified email" } | { kind: "settle"; question: Question };

export interface Question {
  /** A customer's id without our mark, if it is one: whose is it? If nobody's any more, go on with `email`. */
  id: unknown;
  /** Verified, or trusted. */
  email: string | undefined;
}

/**
 * Decides from the event alone, cheapest question first: a returning user costs no call, no setting, no SDK.
 *
 * @throws {ActionError} `bad_setting`
 */
export function planSync(event: Event & { readonly secrets: Secrets }): Plan {
  const { stripe_customer_id: link, stripe_customer_linked_to: linkedTo } = event.user.app_metadata ?? {};
  const isLinked = link !== undefined && link !== null && link !== "";
  const isSettled = isLinked && linkedTo === event.user.user_id;
  if (isRefreshExchange(event) || isSettled || !isNew(event)) return { kind: "nothing" };

  // An address that nobody has proven would let anyone take the customer of its owner.
  const email = isEmailTrusted(event) ? event.user.email || undefined : undefined;
  if (!isLinked && email === undefined) return { kind: "no verified email" };
  return { kind: "settle", question: { id: isLinked ? link : undefined, email } };
}

/**
 * `logins_count` alone is not enough: it rises on denied logins too, and stays 1 for a whole first session (Auth0 support:
 * "When is logins_count incremented").
 */
const isNew = (event: Event & { readonly secrets: Secrets }): boolean =>
  event.stats.logins_count <= 1 || isCreatedSince(event, readSyncSince(event.secrets));
