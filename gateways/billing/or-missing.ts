import Stripe from "stripe";

/** Undefined where Stripe does not have, or has no longer, what was asked for. Rejects with the SDK's other errors. */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return undefined;
    throw error;
  }
}
