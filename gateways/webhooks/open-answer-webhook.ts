import { openStripe, type StripeAccess } from "../billing/stripe-client.ts";
import { createStripeSource } from "../billing/stripe-source.ts";
import type { Gateway } from "../open-gateway.ts";
import { type AnswerWebhook, createAnswerWebhook } from "./answer-webhook.ts";
import { createReceive } from "./receiver.ts";
import { createVerifyEvent } from "./verify-event.ts";

export interface OpenAnswerWebhookOptions {
  /** One in which something costs money. */
  readonly gateway: Pick<Gateway, "billing" | "meter">;
  readonly stripe: StripeAccess;
  /** `whsec_…`; two while one is rolled. A text may have several, with commas between or one a line. */
  readonly secrets: readonly string[];
  /** One line for an operator; `console.error` without it. */
  readonly log?: (line: string) => void;
}

/**
 * For an app that receives Stripe's webhooks itself: what an event tells of a subscription counts in this gateway at once.
 *
 * @throws {WebhookSecretUnusable | TypeError} the latter where nothing costs money: then nobody would hear what is told
 */
export function openAnswerWebhook({ gateway, stripe, secrets, log = report }: OpenAnswerWebhookOptions): AnswerWebhook {
  const { billing, meter } = gateway;
  if (billing === undefined) throw new TypeError("Nothing costs money in this gateway: give it prices and stripe.");
  const client = openStripe(stripe);
  const source = createStripeSource(client);
  return createAnswerWebhook({
    verify: createVerifyEvent(secrets, Date.now),
    receive: createReceive({ stripe: client, source, billing, users: undefined, meter, clock: Date.now, log }),
    log,
  });
}

const report = (line: string): void => console.error(line);
