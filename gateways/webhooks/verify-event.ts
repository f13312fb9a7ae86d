import Stripe from "stripe";
import { isRecord } from "../authorizer/problems.ts";
import { readWebhookEvent, type WebhookEvent } from "./webhook-event.ts";

/** Seconds that a signature may be old (Stripe docs, "Replay attacks"). */
const TOLERANCE = 300;

/** A request that is not Stripe's, or was held back: nothing in it is to be trusted. */
export class SignatureRefused extends Error {
  override readonly name = "SignatureRefused";
  readonly code = "WEBHOOK_SIGNATURE_REFUSED";
}

/** What cannot be a signing secret would let anybody sign. */
class WebhookSecretUnusable extends Error {
  override readonly name = "WebhookSecretUnusable";
  readonly code = "WEBHOOK_SECRET_UNUSABLE";

  constructor() {
    super(
      "A webhook's signing secret starts with whsec_: the dashboard shows it at the endpoint. Set all that are in use.",
    );
  }
}

export type VerifyEvent = (payload: string, signature: string | undefined) => WebhookEvent;

/**
 * Takes what one of the secrets has signed within five minutes: two are in use while one is rolled.
 *
 * @param clock milliseconds since the epoch
 * @throws {WebhookSecretUnusable} at once; the returned function throws SignatureRefused
 */
export function createVerifyEvent(secrets: readonly string[], clock: () => number): VerifyEvent {
  if (secrets.length === 0 || !secrets.every((secret) => /^whsec_\S{8,}$/.test(secret)))
    throw new WebhookSecretUnusable();
  return (payload, signature) => {
    for (const secret of secrets) {
      try {
        const event: unknown = Stripe.webhooks.constructEvent(
          payload,
          signature ?? "",
          secret,
          TOLERANCE,
          undefined,
          clock(),
        );
        return readWebhookEvent(isRecord(event) ? event : {});
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    }
    throw new SignatureRefused("The signature does not fit, is missing, or is older than five minutes.");
  };
}

/** A payload that is signed and no JSON would be Stripe's fault; whatever it is, it says nothing. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError;
