import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { LOGIN_FAILED } from "../shared/fail-closed.ts";
import { readRequired } from "../shared/settings.ts";
import { type Deadline, startDeadline, type TimeLimits } from "../shared/stripe/deadline.ts";
import { readFailure } from "../shared/stripe/failure.ts";
import { renderLink } from "./link.ts";
import { type Plan, planSync } from "./plan-sync.ts";
import { NAME, readOnFailure } from "./settings.ts";
import { type Settlement, settle } from "./settle.ts";
import type { OpenStripe } from "./stripe-customers.ts";

export interface Dependencies {
  limits: TimeLimits;
  openStripe: OpenStripe;
}

/** How it ends for the login. */
interface Ending {
  /** For the log. */
  says: string;
  isDenied?: boolean;
  /** For app_metadata. */
  link?: Readonly<Record<string, string>>;
}

/**
 * Gives a new user a Stripe customer: exactly one, whatever fails. Keeps no state but the link in app_metadata.
 *
 * @throws {ActionError} `bad_setting`
 */
export async function syncStripeCustomer(event: Event, api: PostLoginAPI, { limits, openStripe }: Dependencies) {
  const plan = planSync(event);
  if (!plan) return;
  const deadline = startDeadline(limits);
  const { says, isDenied, link = {} } = await carryOut(plan, event, deadline, openStripe);
  const line = `${NAME}: ${says} (${deadline.render()})`;
  if (isDenied) {
    console.error(line);
    api.access.deny(LOGIN_FAILED);
  } else {
    console.log(line);
  }
  for (const [name, value] of Object.entries(link)) api.user.setAppMetadata(name, value);
}

async function carryOut(
  plan: Plan,
  { user, secrets }: Event,
  deadline: Deadline,
  openStripe: OpenStripe,
): Promise<Ending> {
  if (plan.kind === "no verified email") return describeEnding(plan, user);
  const onFailure = readOnFailure(secrets);
  const stripe = openStripe(readRequired(secrets, "STRIPE_SECRET_KEY"), deadline);
  try {
    if (plan.kind === "settle") return describeEnding(await settle(plan, { user, secrets, stripe, deadline }), user);
    await stripe.changeEmail(plan.id, plan.email);
    return { says: `${plan.id} has the user's email again`, link: { stripe_customer_email: plan.email } };
  } catch (error) {
    const { facts } = readFailure(error);
    // Nobody is kept out by an email: what does not succeed is tried again at the next login.
    if (plan.kind !== "settle") return { says: `${plan.id} keeps its former email this time: ${facts}` };
    const isDenied = onFailure === "deny";
    return { says: `not settled, ${isDenied ? "denied" : "allowed"}: ${facts}`, isDenied };
  }
}

function describeEnding(settlement: Settlement, user: Event["user"]): Ending {
  const { kind } = settlement;
  if (kind === "no verified email") return { says: `no customer this time, ${kind}` };
  if (kind === "denied") return { says: `denied, ${settlement.id} ${settlement.why}`, isDenied: true };
  return { says: `${kind} ${settlement.id}`, link: renderLink(user, settlement) };
}
