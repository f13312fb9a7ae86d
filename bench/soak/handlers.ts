import Stripe from "stripe";
import { openStripe } from "../../actions/sync-stripe-customer/stripe-customers.ts";
import { syncStripeCustomer } from "../../actions/sync-stripe-customer/sync-stripe-customer.ts";
import { createLabAction } from "../../test/support/lab-action.ts";
import type { Handler } from "./world.ts";

/** Milliseconds where the deployed Action has seconds; once all is healed, time enough for a busy machine. */
const HASTY = { total: 80, call: 15, pause: 2 };
const GENEROUS = { total: 5000, call: 2000, pause: 5 };

/** The Action as it is, in a hurry. */
export const createOwnHandler =
  (isHealed: () => boolean): Handler =>
  (event, api) =>
    syncStripeCustomer(event, api, { limits: isHealed() ? GENEROUS : HASTY, openStripe });

/** The lab's steps, with a client that does not wait 80 s, nor half a second between two tries. */
export const createLabHandler = (isHealed: () => boolean): Handler =>
  createLabAction(
    (secretKey) =>
      new Stripe(secretKey, {
        httpClient: Stripe.createFetchHttpClient(),
        telemetry: false,
        maxNetworkRetries: 0,
        timeout: isHealed() ? GENEROUS.call : HASTY.call,
      }),
  );
