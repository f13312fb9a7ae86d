import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import { failClosed } from "../shared/fail-closed.ts";
import { LIMITS } from "./limits.ts";
import { NAME } from "./settings.ts";
import { openStripe } from "./stripe-customers.ts";
import { syncStripeCustomer } from "./sync-stripe-customer.ts";

/** Gives a new user with a verified email a Stripe customer, and remembers which. */
export const onExecutePostLogin = async (event: Event, api: PostLoginAPI) =>
  failClosed(NAME, api, () => syncStripeCustomer(event, api, { limits: LIMITS, openStripe }));
