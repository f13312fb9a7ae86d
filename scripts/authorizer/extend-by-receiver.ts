import { ManagementClient } from "auth0";
import type Stripe from "stripe";
import type { Billing } from "../../gateways/authorizer/billing/billing.ts";
import type { BillingSource } from "../../gateways/authorizer/billing/source.ts";
import type { ForwardAuthApp } from "../../gateways/forward-auth/app.ts";
import { mountReceiver } from "../../gateways/webhooks/mount-receiver.ts";
import { createReceive } from "../../gateways/webhooks/receiver.ts";
import { createUsers, type Users } from "../../gateways/webhooks/users.ts";
import { createVerifyEvent } from "../../gateways/webhooks/verify-event.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { WebhookConfiguration } from "./read-configuration.ts";

interface ReceiverParts {
  readonly webhooks: WebhookConfiguration;
  readonly stripe: Stripe;
  readonly source: BillingSource;
  readonly billing: Billing;
  /** PEM of an authority to trust besides Node's own. */
  readonly ca: string | undefined;
  readonly log: (line: string) => void;
}

/** Lets the service receive Stripe's webhooks. */
export function extendByReceiver(app: ForwardAuthApp, { webhooks, ca, ...parts }: ReceiverParts): void {
  const users = webhooks.management && openUsers(webhooks.management, ca);
  if (users === undefined) {
    parts.log(
      "webhooks: no WEBHOOK_CLIENT_ID, so app_metadata is not written: tokens learn of changes when Stripe is asked",
    );
  }
  mountReceiver(app, {
    verify: createVerifyEvent(webhooks.secrets, Date.now),
    receive: createReceive({ ...parts, users, clock: Date.now }),
    log: parts.log,
  });
}

function openUsers(management: NonNullable<WebhookConfiguration["management"]>, ca: string | undefined): Users {
  return createUsers(
    new ManagementClient({
      ...management,
      fetch: createFetch(ca),
      // Stripe waits some seconds for an answer, and sends again what was not done.
      maxRetries: 1,
      timeoutInSeconds: 3,
    }),
  );
}
