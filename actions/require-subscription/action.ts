import { paidScopes, pastDue, payingRoles } from "tenant:billing";
import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { failClosed } from "../shared/fail-closed.ts";
import { openCustomers } from "../shared/stripe/account-customers.ts";
import { openStripe } from "../shared/stripe/stripe-subscriptions.ts";
import { LIMITS, NAME, requireSubscription } from "./require-subscription.ts";

const billing = { paidScopes, payingRoles, pastDue };

/** Leaves a paid scope in the access token only while it is paid for, at refreshes too. Comes after filter-scopes. */
export const onExecutePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed(NAME, api, () =>
    requireSubscription(event, api, {
      billing,
      limits: LIMITS,
      openStripe,
      openCustomers,
      now: Math.floor(Date.now() / 1000),
    }),
  );
