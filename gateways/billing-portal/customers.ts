import type Stripe from "stripe";
import { startDeadline } from "../../actions/shared/stripe/deadline.ts";
import { readWithRetries } from "../../actions/shared/stripe/read-with-retries.ts";
import type { Profile } from "../../actions/shared/trusted-email.ts";
import { LIMITS } from "../../actions/sync-stripe-customer/limits.ts";
import { findLink, planEmail, planQuestion } from "../../actions/sync-stripe-customer/plan-sync.ts";
import type { Secrets } from "../../actions/sync-stripe-customer/settings.ts";
import { renderLink, settleUser } from "../../actions/sync-stripe-customer/settle-user.ts";
import { createStripeCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import type { Users } from "./users.ts";

type Settled =
  | { readonly kind: "customer"; readonly id: string }
  | { readonly kind: "refused"; readonly why: "no verified email" | "not theirs" };

export interface CustomersOptions {
  readonly stripe: Stripe;
  readonly users: Users;
  /** Settings of sync-stripe-customer that say whose email is trusted and which customers may be adopted. */
  readonly secrets: Secrets;
  readonly log: (line: string) => void;
}

export interface Customers {
  /**
   * Finds or makes the customer of somebody who is about to pay, by the rules that sync-stripe-customer goes by at a login, and
   * links it. The link is not taken at its word here: a customer that was deleted cannot pay.
   *
   * @param profile as Auth0 has it now
   * @throws {Unsettled}
   * @throws {ActionError} `bad_setting`
   */
  settle(profile: Profile): Promise<Settled>;
}

export const createCustomers = ({ stripe, users, secrets, log }: CustomersOptions): Customers => ({
  async settle(profile) {
    const deadline = startDeadline(LIMITS);
    const customers = createStripeCustomers(stripe.customers, deadline);
    const link = findLink(profile);
    if (typeof link === "string") {
      const live = await readWithRetries(() => customers.retrieve(link), deadline);
      if (live) {
        const plan = planEmail(link, { user: profile, secrets });
        if (plan.kind === "carry email") {
          await customers.changeEmail(plan.customer, plan.email);
          await users.writeLink(profile.user_id, { stripe_customer_email: plan.email });
        }
        return { kind: "customer", id: live.id };
      }
    }
    // A link of ours to a customer that is gone counts as none; one of somebody else's is asked about.
    const user = link === undefined ? profile : { ...profile, app_metadata: {} };
    const plan = planQuestion({ user, secrets });
    if (plan.kind === "no verified email") return { kind: "refused", why: plan.kind };
    const settlement = await settleUser(plan.question, { user, secrets, stripe: customers, deadline, limits: LIMITS });
    if (settlement.kind === "no verified email") return { kind: "refused", why: settlement.kind };
    if (settlement.kind === "denied") {
      log(`billing portal: refused, ${settlement.id} ${settlement.why}`);
      return { kind: "refused", why: "not theirs" };
    }
    const { id } = settlement;
    await users.writeLink(profile.user_id, renderLink(profile, settlement));
    log(`billing portal: ${settlement.how} ${id} (${deadline.render()})`);
    return { kind: "customer", id };
  },
});
