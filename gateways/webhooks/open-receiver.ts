import type Stripe from "stripe";
import type { Billing } from "../authorizer/billing/billing.ts";
import type { BillingSource } from "../authorizer/billing/source.ts";
import type { ForwardAuthApp } from "../forward-auth/app.ts";
import type { ManagementAccess } from "../management/management-access.ts";
import { openManagement } from "../management/open-management.ts";
import type { Meter } from "../metering/meter.ts";
import { mountReceiver } from "./mount-receiver.ts";
import { createReceive } from "./receiver.ts";
import { createUsers } from "./users.ts";
import { createVerifyEvent } from "./verify-event.ts";

export interface WebhookSettings {
  /** `whsec_…`; two while one is rolled. */
  readonly secrets: readonly string[];
  /** Who writes to users; undefined: nobody, and only this gateway hears of changes. */
  readonly management: ManagementAccess | undefined;
}

export interface ReceiverParts {
  readonly webhooks: WebhookSettings;
  readonly stripe: Stripe;
  readonly source: BillingSource;
  readonly billing: Billing;
  readonly meter: Meter | undefined;
  /** To reach the Management API with. */
  readonly fetch: typeof fetch;
  readonly log: (line: string) => void;
}

/** Lets the service receive Stripe's webhooks. */
export function openReceiver(app: ForwardAuthApp, { webhooks, fetch, ...parts }: ReceiverParts): void {
  const users = webhooks.management && createUsers(openManagement(webhooks.management, fetch));
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
