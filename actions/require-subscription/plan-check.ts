import type { Event } from "@auth0/actions/post-login/v3";
import { isCustomerId, type PaidScope, type PaidState, parsePaidState } from "../shared/paid-scopes.ts";
import type { Settings } from "./settings.ts";

/** What costs money, from stripe.json and tenant.yaml. */
export interface Billing {
  readonly paidScopes: readonly PaidScope[];
  readonly payingRoles: readonly string[];
  readonly pastDue: "refuse" | "allow";
}

export type Check =
  /** The token is for another API, or nothing costs money. */
  | { kind: "nothing" }
  | { kind: "decided"; paid: readonly string[] }
  /** What is known is missing or out of date; `last`: what it was, if it may still be gone by when Stripe is silent. */
  | { kind: "ask"; customer: string; last: readonly string[] };

/** Seconds that an answer may be gone by after it ran out, while there is no other. */
const GRACE = 24 * 60 * 60;

/**
 * Decides from the event alone, cheapest question first.
 *
 * @param now seconds since the epoch
 */
export const planCheck = (event: Event, billing: Billing, settings: Settings, now: number): Check => {
  if (event.resource_server?.identifier !== settings.apiIdentifier) return { kind: "nothing" };
  if (billing.paidScopes.length === 0) return { kind: "nothing" };

  const roles = event.authorization?.roles ?? [];
  const mayHold = settings.hasOtherPermissions || roles.some((role) => billing.payingRoles.includes(role));
  const { stripe_customer_id: customer, stripe_paid: written } = event.user.app_metadata ?? {};
  // Who may not have the scopes anyway is not worth a question; nor is who has no customer, and so has paid for nothing.
  if (!mayHold || !isCustomerId(customer)) return { kind: "decided", paid: [] };

  const state = parsePaidState(written);
  if (state?.customer !== customer) return { kind: "ask", customer, last: [] };
  if (now < endOf(state, settings)) return { kind: "decided", paid: state.scopes };
  return { kind: "ask", customer, last: now < endOf(state, settings) + GRACE ? state.scopes : [] };
};

const endOf = ({ until, checked_at: checkedAt }: PaidState, { recheckAfter }: Settings): number =>
  Math.min(until ?? Number.POSITIVE_INFINITY, checkedAt + recheckAfter);
