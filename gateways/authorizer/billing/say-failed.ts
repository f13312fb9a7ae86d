import { describeFailure } from "./describe-failure.ts";

const HOUR = 60 * 60_000;

const QUESTIONS = {
  subscriptions: "what customers pay for",
  customers: "whose customers there are",
  products: "what products there are",
} as const;

export type Question = keyof typeof QUESTIONS;

/**
 * Says that Stripe does not answer, and why: once an hour for each question. Without it a key that was revoked, or may not read
 * one of them, would show as 503 alone.
 *
 * @param clock milliseconds since the epoch
 */
export function createSayFailed(
  clock: () => number,
  log: (line: string) => void,
): (question: Question, error: unknown) => void {
  const saidAt = new Map<Question, number>();
  return (question, error) => {
    const now = clock();
    if (now - (saidAt.get(question) ?? Number.NEGATIVE_INFINITY) < HOUR) return;
    saidAt.set(question, now);
    const isRefused = error instanceof Error && "statusCode" in error && [401, 403].includes(Number(error.statusCode));
    log(
      `billing: Stripe does not say ${QUESTIONS[question]} (${describeFailure(error)}): it is asked again, and meanwhile ` +
        `onStripeError in stripe.json decides.${isRefused ? " Look at STRIPE_GATEWAY_KEY and what it may read." : ""}`,
    );
  };
}
