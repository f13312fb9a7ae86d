import type Stripe from "stripe";
import { startDeadline, type TimeLimits } from "../../actions/shared/stripe/deadline.ts";
import { LIMITS } from "../../actions/sync-stripe-customer/limits.ts";
import { renderLink } from "../../actions/sync-stripe-customer/link.ts";
import { findLink, planQuestion, type Question } from "../../actions/sync-stripe-customer/plan-sync.ts";
import type { Secrets } from "../../actions/sync-stripe-customer/settings.ts";
import { look, settle } from "../../actions/sync-stripe-customer/settle.ts";
import { createStripeCustomers, type StripeCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import type { PortalUser } from "../../gateways/billing-portal/users.ts";
import type { Outcome } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import type { Users } from "./users.ts";

/** Nobody waits for it as for a login: an outage of a minute is sat out. Waiting for the rate limit counts. */
const BACKFILL_LIMITS: TimeLimits = { ...LIMITS, total: 60_000, call: 10_000, pause: 1000 };

export interface BackfillContext {
  readonly stripe: Stripe;
  /** Of Stripe's calls. */
  readonly pace: Pace;
  readonly users: Users;
  /** Settings of sync-stripe-customer. */
  readonly secrets: Secrets;
}

type Decision = Outcome | { readonly kind: "ask"; readonly question: Question };

/**
 * What settling would come to, from what the export says, with nothing but reads of Stripe.
 *
 * @throws {Unsettled | ActionError} as settle
 */
export async function planUser(user: PortalUser, { stripe, pace, secrets }: BackfillContext): Promise<Outcome> {
  const decision = decide(user, secrets);
  if (decision.kind !== "ask") return decision;
  const deadline = startDeadline(BACKFILL_LIMITS);
  const customers = pacedCustomers(createStripeCustomers(stripe.customers, deadline), pace);
  const { profile } = user;
  const choice = await look(decision.question, { user: profile, secrets, stripe: customers, deadline });
  switch (choice.kind) {
    case "no verified email":
      return lacksEmail(user);
    case "denied":
      return { kind: "not theirs", why: `${choice.id} ${choice.why}` };
    case "found":
      return { kind: "found" };
    case "adopt":
      return { kind: "adopted" };
    case "create":
      return { kind: "created" };
  }
}

/**
 * Gives the user a customer and links it. An export is old by the time it is used, and anybody may have edited it: whoever is to be
 * asked about is read anew first, so that only what Auth0 says now counts.
 *
 * @throws {Unsettled | ActionError} as settle, and what Auth0's SDK throws
 */
export async function applyUser(stored: PortalUser, context: BackfillContext): Promise<Outcome> {
  const { stripe, pace, users, secrets } = context;
  if (decide(stored, secrets).kind === "linked before") return { kind: "linked before" };
  const user = await users.read(stored.profile.user_id);
  if (user === undefined) return { kind: "deleted" };
  const decision = decide(user, secrets);
  if (decision.kind !== "ask") return decision;
  const deadline = startDeadline(BACKFILL_LIMITS);
  const customers = pacedCustomers(createStripeCustomers(stripe.customers, deadline), pace);
  const settlement = await settle(decision.question, { user: user.profile, secrets, stripe: customers, deadline });
  if (settlement.kind === "no verified email") return lacksEmail(user);
  if (settlement.kind === "denied") return { kind: "not theirs", why: `${settlement.id} ${settlement.why}` };
  await users.writeLink(user.profile.user_id, renderLink(user.profile, settlement));
  return { kind: settlement.kind };
}

/** Without a call. */
function decide(user: PortalUser, secrets: Secrets): Decision {
  if (findLink(user.profile) !== undefined) return { kind: "linked before" };
  if (user.isBlocked) return { kind: "blocked" };
  const plan = planQuestion({ user: user.profile, secrets });
  return plan.kind === "settle" ? { kind: "ask", question: plan } : lacksEmail(user);
}

const lacksEmail = ({ profile }: PortalUser): Outcome => ({ kind: profile.email ? "email not verified" : "no email" });

/** Each call in its turn. */
const pacedCustomers = (customers: StripeCustomers, pace: Pace): StripeCustomers => ({
  list: (email) => pace(() => customers.list(email)),
  retrieve: (id) => pace(() => customers.retrieve(id)),
  create: (...call) => pace(() => customers.create(...call)),
  adopt: (...call) => pace(() => customers.adopt(...call)),
  changeEmail: (...call) => pace(() => customers.changeEmail(...call)),
});
