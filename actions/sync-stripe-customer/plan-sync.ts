import type { Event } from "@auth0/actions/post-login/v3";
import { isCreatedSince, isRefreshExchange } from "../shared/login.ts";
import { isEmailTrusted, type Profile } from "../shared/trusted-email.ts";
import { normalizeEmail } from "./email.ts";
import { readSyncSince, readWhenMade, type Secrets } from "./settings.ts";

/** What this login asks of Stripe. */
export type Plan =
  | { kind: "nothing" }
  | { kind: "no verified email" }
  | { kind: "settle"; question: Question }
  /** The customer is this user's, and has another email. */
  | { kind: "carry email"; customer: string; email: string };

export interface Question {
  /** A customer's id without our mark, if it is one: whose is it? If nobody's any more, go on with `email`. */
  id: unknown;
  /** Verified, or trusted. */
  email: string | undefined;
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
export function planSync(event: Event & { readonly secrets: Secrets }): Plan {
  const { user, secrets } = event;
  if (isRefreshExchange(event)) return { kind: "nothing" };
  const customer = findLink(user);
  const isLeftToPortal = (): boolean => readWhenMade(secrets) === "checkout";
  if (customer === undefined) return isLeftToPortal() || !isNew(event) ? { kind: "nothing" } : planQuestion(event);
  const plan = planEmail(customer, event);
  return plan.kind === "carry email" && isLeftToPortal() ? { kind: "nothing" } : plan;
}

/** The customer that is marked as made for this very user. */
export function findLink({ user_id: userId, app_metadata: metadata }: Profile): NonNullable<unknown> | undefined {
  const { stripe_customer_id: link, stripe_customer_linked_to: linkedTo } = metadata ?? {};
  return isLinked(link) && linkedTo === userId ? link : undefined;
}

/** Where it is not known which email the customer has, as of one that was linked before that was remembered, nothing is asked. */
export function planEmail(
  customer: unknown,
  { user, secrets }: Settling,
): Extract<Plan, { kind: "nothing" | "carry email" }> {
  const known: unknown = user.app_metadata?.stripe_customer_email;
  if (typeof known !== "string" || typeof customer !== "string") return { kind: "nothing" };
  const email = isEmailTrusted({ user, secrets }) ? normalizeEmail(user.email ?? "") : "";
  return email === "" || email === known ? { kind: "nothing" } : { kind: "carry email", customer, email };
}

/** What to ask Stripe about somebody who is to have a customer, and has none that is marked as theirs. */
export function planQuestion({ user, secrets }: Settling): Extract<Plan, { kind: "no verified email" | "settle" }> {
  const link: unknown = user.app_metadata?.stripe_customer_id;
  // An address that nobody has proven would let anyone take the customer of its owner.
  const email = isEmailTrusted({ user, secrets }) ? user.email || undefined : undefined;
  if (!isLinked(link) && email === undefined) return { kind: "no verified email" };
  return { kind: "settle", question: { id: isLinked(link) ? link : undefined, email } };
}

const isLinked = (link: unknown): link is NonNullable<unknown> => link !== undefined && link !== null && link !== "";

/**
 * `logins_count` alone is not enough: it rises on denied logins too, and stays 1 for a whole first session (Auth0 support:
 * "When is logins_count incremented").
 */
const isNew = (event: Event & { readonly secrets: Secrets }): boolean =>
  event.stats.logins_count <= 1 || isCreatedSince(event, readSyncSince(event.secrets));
