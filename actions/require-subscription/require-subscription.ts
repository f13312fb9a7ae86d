import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { readRequired } from "../shared/settings.ts";
import { startDeadline, type TimeLimits } from "../shared/stripe/deadline.ts";
import { Unsettled } from "../shared/stripe/failure.ts";
import { readPaid } from "../shared/stripe/read-paid.ts";
import type { OpenStripe } from "../shared/stripe/stripe-subscriptions.ts";
import { type Billing, type Check, planCheck } from "./plan-check.ts";
import { readSettings, type Settings } from "./settings.ts";

export const NAME = "require-subscription";

/** Less than for a new customer: this may come after that in one login, and nothing is lost when it does not succeed. */
export const LIMITS: TimeLimits = { total: 3000, call: 2000, pause: 250 };

export interface Dependencies {
  billing: Billing;
  limits: TimeLimits;
  openStripe: OpenStripe;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

/**
 * Takes from the access token every paid scope that is not paid for. Only ever removes. What is paid stands in
 * app_metadata, where the receiver of Stripe's webhooks keeps it; Stripe is asked when that is missing or out of date.
 *
 * @throws {ActionError} `bad_setting`
 */
export async function requireSubscription(event: Event, api: PostLoginAPI, dependencies: Dependencies) {
  const { billing, clock } = dependencies;
  const settings = readSettings(event.secrets);
  const check = planCheck(event, billing, settings, readSeconds(clock));
  if (check.kind === "nothing") return;
  const paid = check.kind === "decided" ? check.paid : await ask(check, event, api, settings, dependencies);
  for (const { scope } of billing.paidScopes) if (!paid.includes(scope)) api.accessToken.removeScope(scope);
}

async function ask(
  { customer, last }: Extract<Check, { kind: "ask" }>,
  event: Event,
  api: PostLoginAPI,
  { onFailure }: Settings,
  { billing, limits, openStripe, clock }: Dependencies,
): Promise<readonly string[]> {
  const secretKey = readRequired(event.secrets, "STRIPE_SECRET_KEY");
  const deadline = startDeadline(limits);
  try {
    const state = await readPaid(customer, billing, openStripe(secretKey, deadline), deadline, readSeconds(clock));
    api.user.setAppMetadata("stripe_asked", state);
    console.log(`${NAME}: ${customer} pays for ${state.scopes.join(", ") || "nothing"} (${deadline.render()})`);
    return state.scopes;
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    const paid = onFailure === "keep" ? last : [];
    const rest = paid.join(", ") || "no paid scope";
    console.error(
      `${NAME}: Stripe does not say what ${customer} pays for, ${rest} kept: ${error.message} (${deadline.render()})`,
    );
    return paid;
  }
}

const readSeconds = (clock: () => number): number => Math.floor(clock() / 1000);
