import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PaidState } from "../shared/paid-scopes.ts";
import { readRequired } from "../shared/settings.ts";
import type { OpenCustomers } from "../shared/stripe/account-customers.ts";
import { choosePaying } from "../shared/stripe/choose-paying.ts";
import { type Deadline, startDeadline, type TimeLimits } from "../shared/stripe/deadline.ts";
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
  openCustomers: OpenCustomers;
  /** Seconds since the epoch. */
  now: number;
}

/**
 * Takes from the access token every paid scope that is not paid for. Only ever removes. What is paid stands in
 * app_metadata, where the receiver of Stripe's webhooks keeps it; Stripe is asked when that is missing or out of date.
 *
 * @throws {ActionError} `bad_setting`
 */
export async function requireSubscription(event: Event, api: PostLoginAPI, dependencies: Dependencies) {
  const { billing, now } = dependencies;
  const settings = readSettings(event.secrets);
  const check = planCheck(event, billing, settings, now);
  if (check === undefined) return;
  const paid = check.kind === "decided" ? check.paid : await ask(check, event, api, settings, dependencies);
  for (const { scope } of billing.paidScopes) if (!paid.includes(scope)) api.accessToken.removeScope(scope);
}

async function ask(
  check: Extract<Check, { kind: "ask" }>,
  event: Event,
  api: PostLoginAPI,
  { onFailure }: Settings,
  dependencies: Dependencies,
): Promise<readonly string[]> {
  const { customer, last } = check;
  const secretKey = readRequired(event.secrets, "STRIPE_SECRET_KEY");
  const deadline = startDeadline(dependencies.limits);
  try {
    const state = await read(check, event.user.user_id, secretKey, deadline, dependencies);
    const { customer: payer, scopes } = state;
    const isAnother = payer !== customer;
    // Which email another one has is not known: sync-stripe-customer brings it up to date.
    const link = isAnother && {
      stripe_customer_id: payer,
      stripe_customer_linked_to: event.user.user_id,
      stripe_customer_email: "",
    };
    for (const [name, value] of Object.entries({ ...link, stripe_asked: state })) api.user.setAppMetadata(name, value);
    const paid = scopes.join(", ") || (payer === "" ? "anything" : "nothing");
    const place = isAnother && customer !== "" ? `, and takes the place of ${customer}` : "";
    console.log(`${NAME}: ${payer || "no customer"} pays for ${paid}${place} (${deadline.render()})`);
    return scopes;
  } catch (error) {
    if (!(error instanceof Unsettled)) throw error;
    const paid = onFailure === "keep" ? last : [];
    const rest = paid.join(", ") || "no paid scope";
    console.error(
      `${NAME}: Stripe does not say what ${customer || "a customer of the user's"} pays for, ${rest} kept: ${error.message} (${deadline.render()})`,
    );
    return paid;
  }
}

/** What the linked customer pays for, or that of an account of the same person which pays for more. @throws {Unsettled} */
async function read(
  { customer, userIds }: Extract<Check, { kind: "ask" }>,
  userId: string,
  secretKey: string,
  deadline: Deadline,
  { billing, openStripe, openCustomers, now }: Dependencies,
): Promise<PaidState> {
  const subscriptions = openStripe(secretKey, deadline);
  const readOf = (id: string): Promise<PaidState> => readPaid(id, billing, subscriptions, now);
  const own = customer === "" ? { customer, scopes: [], until: null, checked_at: now } : await readOf(customer);
  if ((userIds.length < 2 && customer !== "") || own.scopes.length === billing.paidScopes.length) return own;
  try {
    return await choosePaying(own, userId, userIds, openCustomers(secretKey, deadline), readOf);
  } catch (error) {
    // That there is none would be remembered for a day.
    if (!(error instanceof Unsettled) || customer === "") throw error;
    console.error(`${NAME}: whether another account pays is not known: ${error.message}`);
    return own;
  }
}
