import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { LOGIN_FAILED } from "../shared/fail-closed.ts";
import { startDeadline } from "../shared/stripe/deadline.ts";
import { Unsettled } from "../shared/stripe/failure.ts";
import type { Limits } from "./limits.ts";
import { readPerson } from "./person.ts";
import { planSync } from "./plan-sync.ts";
import { readStripeSettings } from "./settings.ts";
import { type Circumstances, type Settlement, settleByEmail, settleLink } from "./settle.ts";
import type { OpenStripe } from "./stripe-customers.ts";

export const NAME = "sync-stripe-customer";

export interface Surroundings {
  limits: Limits;
  openStripe: OpenStripe;
}

/**
 * Gives a new user a Stripe customer: exactly one, whatever fails. Keeps no state but the link in app_metadata.
 *
 * @throws {ActionError} `bad_setting`
 */
export const syncStripeCustomer = async (event: Event, api: PostLoginAPI, { limits, openStripe }: Surroundings) => {
  const plan = planSync(event);
  if (plan.kind === "nothing") return;
  if (plan.kind === "no verified email") {
    console.log(`${NAME}: no customer this time, ${plan.kind}`);
    return;
  }
  if (plan.kind === "deny") {
    console.error(`${NAME}: denied, app_metadata.stripe_customer_id of a new user is not text`);
    api.access.deny(LOGIN_FAILED);
    return;
  }

  const { secretKey, onFailure, adoptConnections } = readStripeSettings(event.secrets);
  const person = readPerson(event);
  const deadline = startDeadline(limits);
  const circumstances: Circumstances = {
    person,
    mayAdopt: adoptConnections.includes(person.emailConnection),
    stripe: openStripe(secretKey, deadline),
    deadline,
    limits,
  };
  let settlement: Settlement;
  try {
    settlement =
      plan.kind === "check link"
        ? await settleLink(plan.id, plan.email, circumstances)
        : await settleByEmail(plan.email, circumstances);
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    console.error(
      `${NAME}: not settled, ${onFailure === "allow" ? "allowed" : "denied"}: ${error.message} (${deadline.render()})`,
    );
    if (onFailure === "deny") api.access.deny(LOGIN_FAILED);
    return;
  }
  applySettlement(settlement, person.userId, api, deadline.render());
};

/** Metadata last: Auth0 keeps what was set even if the login is denied. */
const applySettlement = (settlement: Settlement, userId: string, api: PostLoginAPI, cost: string) => {
  if (settlement.kind === "no verified email") {
    console.log(`${NAME}: no customer this time, ${settlement.kind} (${cost})`);
    return;
  }
  const { id } = settlement;
  if (settlement.kind === "denied") {
    console.error(`${NAME}: denied, ${id} ${settlement.why} (${cost})`);
    api.access.deny(LOGIN_FAILED);
    return;
  }
  console.log(`${NAME}: ${settlement.how} ${id} (${cost})`);
  api.user.setAppMetadata("stripe_customer_id", id);
  api.user.setAppMetadata("stripe_customer_linked_to", userId);
};
