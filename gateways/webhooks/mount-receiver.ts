import { bodyLimit } from "hono/body-limit";
import type { ForwardAuthApp } from "../forward-auth/app.ts";
import { type AnswerWebhookOptions, createAnswerWebhook } from "./answer-webhook.ts";

/** What Stripe is told as the endpoint's address, behind the proxy's own. */
export const WEBHOOK_PATH = "/webhooks/stripe";

/** Bytes. Stripe's events have some kilobytes. */
const LARGEST = 1024 * 1024;

export function mountReceiver(app: ForwardAuthApp, options: AnswerWebhookOptions): void {
  const answerWebhook = createAnswerWebhook(options);
  app.post(
    WEBHOOK_PATH,
    bodyLimit({ maxSize: LARGEST, onError: (context) => context.json({ error: "too_large" }, 413) }),
    async (context) => {
      const { status, body } = await answerWebhook(await context.req.text(), context.req.header("stripe-signature"));
      return context.json(body, status);
    },
  );
}
