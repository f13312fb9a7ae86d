import type { Event } from "@auth0/actions/post-login/v3";
import { isRefreshExchange } from "../shared/login.ts";
import { isCustomerId, type PaidRules, type PaidState, parsePaidState } from "../shared/paid-scopes.ts";
import { findOrganizationCustomer } from "../shared/payer.ts";
import { readUserIds } from "../shared/trusted-email.ts";
import type { Settings } from "./settings.ts";

export interface Billing extends PaidRules {
  /** Roles that grant a paid scope. */
  readonly payingRoles: readonly string[];
}

export type Check =
  | { kind: "decided"; paid: readonly string[] }
  /**
   * What is known is missing or out of date. `last`: the last known value, usable during the grace period. `userIds`: accounts whose
   * customers may pay instead, of which there is more than one where some were linked. `customer` is empty where none is linked.
   */
  | { kind: "ask"; customer: string; last: readonly string[]; userIds: readonly string[] };

/** Seconds that an answer is still used after it has run out, while there is no other. */
const GRACE = 24 * 60 * 60;

/** Seconds after which Stripe is asked again whether a scope is paid for that was not: its user may just have paid. */
const UNPAID_LASTS = 5 * 60;
/** As long where it is likely: an account that pays may have been linked, or the user has gone to the checkout. */
const UNPAID_LASTS_WHEN_LIKELY = 30;
/** As long where there is no customer: whoever makes one links it as well, and only an account that was unlinked lacks the link. */
const NOBODY_LASTS = 24 * 60 * 60;
/** Seconds that somebody may take at the checkout. */
const CHECKOUT_LASTS = 30 * 60;

const NEVER_ASKED: Omit<PaidState, "customer"> = { scopes: [], until: null, checked_at: 0 };

/**
 * Decides from the event alone, cheapest question first. Undefined: the token is for another API, or nothing costs money.
 *
 * @param now seconds since the epoch
 */
export function planCheck(event: Event, billing: Billing, settings: Settings, now: number): Check | undefined {
  if (event.resource_server?.identifier !== settings.apiIdentifier) return undefined;
  if (billing.paidScopes.length === 0) return undefined;

  const roles = event.authorization?.roles ?? [];
  const mayHold = settings.hasOtherPermissions || roles.some((role) => billing.payingRoles.includes(role));
  const {
    stripe_customer_id: own,
    stripe_paid: heard,
    stripe_asked: asked,
    stripe_checkout_at: wentAt,
  }: Readonly<Record<string, unknown>> = event.user.app_metadata ?? {};
  const organizationCustomer = findOrganizationCustomer(event);
  const userIds = organizationCustomer === undefined ? readUserIds(event.user) : [event.user.user_id];
  const linked = organizationCustomer ?? own;
  const customer = isCustomerId(linked) ? linked : "";
  const accounts = userIds.length;
  const isLinkedAccount = accounts > 1;
  // Who may not have the scopes anyway is not worth a question; nor is, at a login, who has never been to a checkout.
  const mayHaveCustomer = customer !== "" || isLinkedAccount || isRefreshExchange(event);
  if (!mayHold || !mayHaveCustomer) return { kind: "decided", paid: [] };

  const [latest = NEVER_ASKED] = [heard, asked]
    .flatMap((written) => parsePaidState(written, now) ?? [])
    .filter((known) => known.customer === customer)
    .sort((one, other) => other.checked_at - one.checked_at);
  const { scopes, until, checked_at: checkedAt, accounts: askedOf = 1 } = latest;
  const recheckAt = checkedAt + settings.recheckAfter;
  const end = Math.min(until ?? recheckAt, recheckAt);
  const isComplete = billing.paidScopes.every(({ scope }) => scopes.includes(scope));
  const isAtCheckout = Math.abs(now - Number(wentAt)) < CHECKOUT_LASTS;
  const isLikely = isLinkedAccount || isAtCheckout;
  const unpaidLasts = isLikely ? UNPAID_LASTS_WHEN_LIKELY : customer === "" ? NOBODY_LASTS : UNPAID_LASTS;
  // A no from before an account was linked is not about that one's customer.
  const isKnownNo = askedOf === accounts && now < checkedAt + unpaidLasts;
  if (now < end && (isComplete || isKnownNo)) return { kind: "decided", paid: scopes };
  return { kind: "ask", customer, last: now < end + GRACE ? scopes : [], userIds };
}
