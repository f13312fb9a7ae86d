import type { Event } from "@auth0/actions/post-login/v3";
import { planClaims } from "../../actions/add-email-claim/plan-claims.ts";
import { requireSubscription } from "../../actions/require-subscription/require-subscription.ts";
import { openCustomers as openAccountCustomers } from "../../actions/shared/stripe/account-customers.ts";
import { openStripe as openSubscriptions } from "../../actions/shared/stripe/stripe-subscriptions.ts";
import { openStripe as openCustomers } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import { syncStripeCustomer } from "../../actions/sync-stripe-customer/sync-stripe-customer.ts";
import { createPostLoginApi } from "../../local/auth0/actions/api/post-login.ts";
import { startTransaction } from "../../local/auth0/actions/api/transaction.ts";
import { nextEvent } from "../../local/auth0/actions/event/next-event.ts";
import { API_IDENTIFIER, buildEvent } from "../../test/support/actions/event.ts";
import { renderUser, type User } from "./directory.ts";

/** Of an access token what the gateways go by. */
export interface Token {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly hasScope: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface LogInOptions {
  readonly secrets: Readonly<Record<string, string>>;
  /** What costs money. */
  readonly scope: string;
  readonly now: () => number;
  readonly isDown: () => boolean;
}

const TOKEN_LASTS = 2 * 60 * 60_000;
/** Milliseconds of this machine's own: while Stripe is down every call fails at once, and there is nothing to wait for. */
const GENEROUS = { total: 20_000, call: 10_000, pause: 5 };
const HASTY = { total: 3, call: 3, pause: 1 };

/** A login, or a refresh, through the Actions that decide who pays. Undefined: it was denied. */
export type LogIn = (user: User, via: "database" | "refresh exchange") => Promise<Token | undefined>;

export function createLogIn({ secrets, scope, now, isDown }: LogInOptions): LogIn {
  const billing = {
    paidScopes: [{ scope, product: { name: scope } }],
    payingRoles: ["admin"],
    pastDue: "refuse",
  } as const;
  return async (user, via) => {
    if (via === "database") user.logins += 1;
    const event = buildEvent(via, {
      secrets: { ...secrets, API_IDENTIFIER },
      authorization: { roles: ["admin"] },
      stats: { logins_count: user.logins },
      user: renderUser(user),
    });
    const limits = isDown() ? HASTY : GENEROUS;
    const transaction = startTransaction(event);
    const run = async (act: (event: Event, api: ReturnType<typeof createPostLoginApi>["api"]) => Promise<void>) => {
      const seen = nextEvent(event, transaction);
      const { api, effects } = createPostLoginApi({ event: seen, transaction, now });
      await act(seen, api);
      return effects.every(({ type }) => type !== "deny");
    };
    const isLetIn =
      (await run((seen, api) => syncStripeCustomer(seen, api, { limits, openStripe: openCustomers }))) &&
      (await run((seen, api) =>
        requireSubscription(seen, api, {
          billing,
          limits,
          openStripe: openSubscriptions,
          openCustomers: openAccountCustomers,
          now: Math.floor(now() / 1000),
        }),
      ));
    Object.assign(user.metadata, Object.fromEntries(transaction.appMetadata));
    if (!isLetIn) return undefined;
    return {
      claims: planClaims(nextEvent(event, transaction), undefined),
      hasScope: transaction.scopeOperations.get(scope) !== "remove",
      expiresAt: now() + TOKEN_LASTS,
    };
  };
}
