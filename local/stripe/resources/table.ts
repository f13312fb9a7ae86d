import type { Account } from "../account.ts";
import type { Operation } from "../operation.ts";
import { createActiveEntitlements } from "./active-entitlements.ts";
import { createCustomers } from "./customers.ts";
import { createFeatures } from "./features.ts";
import { createMeterEventSummaries } from "./meter-event-summaries.ts";
import { createMeterEvents } from "./meter-events.ts";
import { createMeters } from "./meters.ts";
import { createPrices } from "./prices.ts";
import { createProducts } from "./products.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createWebhookEndpoints } from "./webhook-endpoints.ts";

/** What this account answers. A new resource is a file beside this one and a row here. */
export const resources: readonly ((account: Account) => readonly Operation[])[] = [
  createCustomers,
  createProducts,
  createPrices,
  createSubscriptions,
  createMeters,
  createMeterEvents,
  createMeterEventSummaries,
  createFeatures,
  createActiveEntitlements,
  createWebhookEndpoints,
];
