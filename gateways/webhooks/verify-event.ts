import Stripe from "stripe";
import { isRecord } from "../authorizer/problems.ts";
import { parseSigningSecrets } from "./signing-secrets.ts";
import { readThinEvent } from "./thin-event.ts";
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
 * @param texts each one secret, or several as parseSigningSecrets has them
 * @param clock milliseconds since the epoch
 * @throws {WebhookSecretUnusable} at once; the returned function throws SignatureRefused
 */
export function createVerifyEvent(texts: readonly string[], clock: () => number): VerifyEvent {
  const secrets = texts.length === 0 ? undefined : parseSigningSecrets(texts.join(","));
  if (secrets === undefined) throw new WebhookSecretUnusable();
  const check = Stripe.webhooks.signature;
  if (check === null) throw new Error("Stripe's SDK cannot check signatures.");
  return (payload, signature) => {
    for (const secret of secrets) {
      try {
        check.verifyHeader(payload, signature ?? "", secret, TOLERANCE, undefined, clock());
        return readSigned(JSON.parse(payload));
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    }
    throw new SignatureRefused("The signature does not fit, is missing, or is older than five minutes.");
  };
}

/** Both kinds are signed alike, and come to one address. */
function readSigned(event: unknown): WebhookEvent {
  if (!isRecord(event)) return readWebhookEvent({});
  return event.object === "v2.core.event" ? readThinEvent(event) : readWebhookEvent(event);
}

/** A payload that is signed and no JSON would be Stripe's fault; whatever it is, it says nothing. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError;
