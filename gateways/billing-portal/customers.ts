import type Stripe from "stripe";
import { isCustomerId } from "../../actions/shared/paid-scopes.ts";
import { startDeadline } from "../../actions/shared/stripe/deadline.ts";
import { readWithRetries } from "../../actions/shared/stripe/read-with-retries.ts";
import { type Profile, readUserIds } from "../../actions/shared/trusted-email.ts";
import { LIMITS } from "../../actions/sync-stripe-customer/limits.ts";
import { renderLink } from "../../actions/sync-stripe-customer/link.ts";
import { findLink, planEmail, planQuestion } from "../../actions/sync-stripe-customer/plan-sync.ts";
import type { Secrets } from "../../actions/sync-stripe-customer/settings.ts";
import { settle } from "../../actions/sync-stripe-customer/settle.ts";
import { createStripeCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import type { Billing } from "../authorizer/billing/billing.ts";
import { listPaidScopes } from "../webhooks/list-paid-scopes.ts";
import { type FoundCustomers, readCustomers } from "./read-customers.ts";
import { createRecent } from "./recent.ts";
import type { Users } from "./users.ts";

export type Settled =
  | { readonly kind: "customer"; readonly id: string; readonly others: readonly string[] }
  | { readonly kind: "refused"; readonly why: "no verified email" | "not theirs" };

export interface CustomersOptions {
  readonly stripe: Stripe;
  /** Whose ration these reads are part of. */
  readonly billing: Pick<Billing, "rules" | "ration">;
  readonly users: Pick<Users, "writeLink">;
  /** Settings of sync-stripe-customer that say whose email is trusted and which customers may be adopted. */
  readonly secrets: Secrets;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds, for durations. */
  readonly steadyClock: () => number;
  readonly log: (line: string) => void;
}

/** Whose customer somebody is. The profile is as Auth0 has it. Both throw `Unsettled` where Stripe does not say it. */
export interface Customers {
  /**
   * The customer that the person has, and links it where another was linked, or none. Who has one account, and a link, costs no call.
   *
   * @param maxAge milliseconds that what was found before may be old
   */
  find(profile: Profile, maxAge: number): Promise<FoundCustomers>;
  /**
   * Finds or makes the customer of somebody who is about to pay, by the rules that sync-stripe-customer goes by at a login, and
   * links it. The link is not taken at its word here: a customer that was deleted cannot pay.
   *
   * @throws {ActionError} `bad_setting`
   */
  settle(profile: Profile): Promise<Settled>;
}

const NOBODY: FoundCustomers = { own: undefined, others: [] };

export function createCustomers(options: CustomersOptions): Customers {
  const { stripe, users, secrets, clock, steadyClock, log } = options;
  const { rules, ration } = options.billing;
  const billing = { paidScopes: listPaidScopes(rules), pastDue: rules.pastDue };
  const recent = createRecent<FoundCustomers>(steadyClock);

  const look = async (profile: Profile, link: string | undefined): Promise<FoundCustomers> => {
    const limit = startDeadline(LIMITS);
    const startCall: typeof limit.startCall = () => {
      ration.count(1);
      return limit.startCall();
    };
    const deadline = { ...limit, startCall };
    const now = Math.floor(clock() / 1000);
    const found = await readCustomers(profile, link, { stripe, billing, deadline, now });
    const { own } = found;
    if (own !== undefined && own !== link) {
      await users.writeLink(profile.user_id, renderLink(profile, { id: own, email: "" }));
      log(`billing portal: found ${own} (${deadline.render()})`);
    }
    return found;
  };
  const find: Customers["find"] = async (profile, maxAge) => {
    const link = readLink(profile);
    if (link !== undefined && readUserIds(profile).length === 1) return { own: link, others: [] };
    return (await recent.get(profile.user_id, maxAge, () => look(profile, link))) ?? NOBODY;
  };

  return {
    find,
    async settle(profile) {
      const { own, others } = await find(profile, 0);
      recent.forget(profile.user_id);
      const deadline = startDeadline(LIMITS);
      const customers = createStripeCustomers(stripe.customers, deadline);
      if (own !== undefined && (await readWithRetries(() => customers.retrieve(own), deadline))) {
        const plan = planEmail(own, { user: profile, secrets });
        if (plan && own === readLink(profile)) {
          await customers.changeEmail(plan.id, plan.email);
          await users.writeLink(profile.user_id, { stripe_customer_email: plan.email });
        }
        return { kind: "customer", id: own, others };
      }
      // A link of ours to a customer that is gone counts as none; one of somebody else's is asked about.
      const user = findLink(profile) === undefined ? profile : { ...profile, app_metadata: {} };
      const plan = planQuestion({ user, secrets });
      if (plan.kind === "no verified email") return { kind: "refused", why: plan.kind };
      const settlement = await settle(plan, { user, secrets, stripe: customers, deadline });
      if (settlement.kind === "no verified email") return { kind: "refused", why: settlement.kind };
      if (settlement.kind === "denied") {
        log(`billing portal: refused, ${settlement.id} ${settlement.why}`);
        return { kind: "refused", why: "not theirs" };
      }
      const { id } = settlement;
      await users.writeLink(profile.user_id, renderLink(profile, settlement));
      log(`billing portal: ${settlement.kind} ${id} (${deadline.render()})`);
      return { kind: "customer", id, others };
    },
  };
}

function readLink(profile: Profile): string | undefined {
  const link = findLink(profile);
  return isCustomerId(link) ? link : undefined;
}
