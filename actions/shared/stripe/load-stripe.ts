import type Stripe from "stripe";

/**
 * Loads the SDK, which takes some 50 ms: only when a call is due, and by `require`, which takes half of what `import` does.
 * Of its HTTP clients only the one on fetch has a timeout that an answer in drops cannot outlast. It never tries again by
 * itself: whether to is decided by what a new look shows.
 */
export function loadStripe(secretKey: string): Stripe {
  const StripeClient: typeof Stripe = require("stripe");
  return new StripeClient(secretKey, {
    httpClient: StripeClient.createFetchHttpClient(),
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
