import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import { SignatureRefused, type VerifyEvent } from "./verify-event.ts";
import type { Receive } from "./webhook-event.ts";

export interface WebhookAnswer {
  /** 2xx only when all that follows from the event is done: Stripe sends again what is answered otherwise. */
  readonly status: 200 | 400 | 500;
  readonly body: { readonly received: true } | { readonly error: "signature_refused" | "not_done" };
}

/**
 * @param payload as it came: the signature is about its bytes
 * @param signature the header Stripe-Signature
 */
export type AnswerWebhook = (payload: string, signature: string | undefined) => Promise<WebhookAnswer>;

export interface AnswerWebhookOptions {
  readonly verify: VerifyEvent;
  readonly receive: Receive;
  readonly log: (line: string) => void;
}

/** Never rejects. Payloads are never logged. */
export function createAnswerWebhook({ verify, receive, log }: AnswerWebhookOptions): AnswerWebhook {
  return async (payload, signature) => {
    let subject = "an event";
    try {
      const event = verify(payload, signature);
      subject = `${event.type} ${event.id}`;
      await receive(event);
      return { status: 200, body: { received: true } };
    } catch (error) {
      if (error instanceof SignatureRefused) {
        log(`webhooks: refused, ${error.message}`);
        return { status: 400, body: { error: "signature_refused" } };
      }
      log(`webhooks: ${subject} is not done, Stripe sends it again: ${describeFailure(error)}`);
      return { status: 500, body: { error: "not_done" } };
    }
  };
}
