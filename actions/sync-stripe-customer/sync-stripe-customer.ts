import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { LOGIN_FAILED } from "../shared/fail-closed.ts";
import { type Deadline, startDeadline } from "../shared/stripe/deadline.ts";
import { readFailure, Unsettled } from "../shared/stripe/failure.ts";
import type { Limits } from "./limits.ts";
import { type Plan, planSync } from "./plan-sync.ts";
import { readStripeSettings } from "./settings.ts";
import type { Settlement } from "./settle.ts";
import { renderLink, settleUser } from "./settle-user.ts";
import type { OpenStripe, StripeCustomers } from "./stripe-customers.ts";

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
  if (plan.kind === "no verified email") return applySettlement(plan, user, api, "no call");

  const { secretKey, onFailure } = readStripeSettings(secrets);
  const deadline = startDeadline(limits);
  const stripe = openStripe(secretKey, deadline);
  if (plan.kind === "carry email") return carryEmail(plan, api, stripe, deadline);
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
  applySettlement(settlement, user, api, deadline.render());
}

/** Nobody is kept out by it: what does not succeed is tried again at the next login. */
async function carryEmail(
  { customer, email }: Extract<Plan, { kind: "carry email" }>,
  api: PostLoginAPI,
  stripe: StripeCustomers,
  deadline: Deadline,
) {
  try {
    await stripe.changeEmail(customer, email);
  } catch (error) {
    const why = error instanceof Unsettled ? error.message : readFailure(error).facts;
    console.error(`${NAME}: ${customer} keeps its former email this time: ${why} (${deadline.render()})`);
    return;
  }
  console.log(`${NAME}: ${customer} has the user's email again (${deadline.render()})`);
  api.user.setAppMetadata("stripe_customer_email", email);
}

/** Metadata last: Auth0 keeps what was set even if the login is denied. */
function applySettlement(settlement: Settlement, user: Event["user"], api: PostLoginAPI, cost: string) {
  if (settlement.kind === "no verified email") {
    console.log(`${NAME}: no customer this time, ${settlement.kind} (${cost})`);
    return;
  }
  if (settlement.kind === "denied") {
    console.error(`${NAME}: denied, ${settlement.id} ${settlement.why} (${cost})`);
    api.access.deny(LOGIN_FAILED);
    return;
  }
  console.log(`${NAME}: ${settlement.how} ${settlement.id} (${cost})`);
  for (const [name, value] of Object.entries(renderLink(user, settlement))) api.user.setAppMetadata(name, value);
}
