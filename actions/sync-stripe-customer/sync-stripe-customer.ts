import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { LOGIN_FAILED } from "../shared/fail-closed.ts";
import { startDeadline } from "../shared/stripe/deadline.ts";
import { Unsettled } from "../shared/stripe/failure.ts";
import type { Limits } from "./limits.ts";
import { planSync } from "./plan-sync.ts";
import { readStripeSettings } from "./settings.ts";
import type { Settlement } from "./settle.ts";
import { settleUser } from "./settle-user.ts";
import type { OpenStripe } from "./stripe-customers.ts";

export const NAME = "sync-stripe-customer";

export interface Dependencies {
  limits: Limits;
  openStripe: OpenStripe;
}

/**
 * Gives a new user a Stripe customer: exactly one, whatever fails. Keeps no state but the link in app_metadata.
 *
 * @throws {ActionError} `bad_setting`
 */
export async function syncStripeCustomer(event: Event, api: PostLoginAPI, { limits, openStripe }: Dependencies) {
  const plan = planSync(event);
  if (plan.kind === "nothing") return;
  const { user, secrets } = event;
  const { user_id: userId } = user;
  if (plan.kind === "no verified email") return applySettlement(plan, userId, api, "no call");

  const { secretKey, onFailure } = readStripeSettings(secrets);
  const deadline = startDeadline(limits);
  const stripe = openStripe(secretKey, deadline);
  let settlement: Settlement;
  try {
    settlement = await settleUser(plan.question, { user, secrets, stripe, deadline, limits });
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    console.error(
      `${NAME}: not settled, ${onFailure === "allow" ? "allowed" : "denied"}: ${error.message} (${deadline.render()})`,
    );
    if (onFailure === "deny") api.access.deny(LOGIN_FAILED);
    return;
  }
  applySettlement(settlement, userId, api, deadline.render());
}

/** Metadata last: Auth0 keeps what was set even if the login is denied. */
function applySettlement(settlement: Settlement, userId: string, api: PostLoginAPI, cost: string) {
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
}
