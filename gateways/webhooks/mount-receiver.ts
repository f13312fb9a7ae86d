import { bodyLimit } from "hono/body-limit";
import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import type { ForwardAuthApp } from "../forward-auth/app.ts";
import type { Receive } from "./receiver.ts";
import { SignatureRefused, type VerifyEvent } from "./verify-event.ts";

/** What Stripe is told as the endpoint's address, behind the proxy's own. */
export const WEBHOOK_PATH = "/webhooks/stripe";

/** Bytes. Stripe's events have some kilobytes. */
const LARGEST = 1024 * 1024;

export interface MountOptions {
  readonly verify: VerifyEvent;
  readonly receive: Receive;
  readonly log: (line: string) => void;
}

/** Answers 2xx only when all that follows from the event is done. Payloads are never logged. */
export function mountReceiver(app: ForwardAuthApp, { verify, receive, log }: MountOptions): void {
  app.post(
    WEBHOOK_PATH,
    bodyLimit({ maxSize: LARGEST, onError: (context) => context.json({ error: "too_large" }, 413) }),
    async (context) => {
      const payload = await context.req.text();
      let subject = "an event";
      try {
        const event = verify(payload, context.req.header("stripe-signature"));
        subject = `${event.type} ${event.id}`;
        await receive(event);
        return context.json({ received: true });
      } catch (error) {
        if (error instanceof SignatureRefused) {
          log(`webhooks: refused, ${error.message}`);
          return context.json({ error: "signature_refused" }, 400);
        }
        log(`webhooks: ${subject} is not done, Stripe sends it again: ${describeFailure(error)}`);
        return context.json({ error: "not_done" }, 500);
      }
    },
  );
}
