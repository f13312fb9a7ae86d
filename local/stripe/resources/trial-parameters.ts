import type Stripe from "stripe";
import { integer, notCarriedOut, object, oneOf, type ParametersOf, seconds } from "../parameters.ts";

/** What a subscription's trial is, when Checkout or the API makes one. */
export const trialParameters = {
  trial_end: seconds,
  trial_period_days: integer({ min: 1, max: 730 }),
  trial_settings: object({
    end_behavior: object({
      missing_payment_method: oneOf(["cancel", "create_invoice", "pause"]),
      billing_cycle_anchor: notCarriedOut,
    }),
  } satisfies ParametersOf<Stripe.SubscriptionCreateParams.TrialSettings>),
};
