import type { Account } from "../account.ts";
import type { Operation } from "../operation.ts";
import { createActiveEntitlements } from "./active-entitlements.ts";
import { createCheckoutSessions } from "./checkout-sessions.ts";
import { createCustomers } from "./customers.ts";
import { createEventDestinations } from "./event-destinations.ts";
import { createEvents } from "./events.ts";
import { createFeatures } from "./features.ts";
import { createInvoiceItems } from "./invoice-items.ts";
import { createInvoices } from "./invoices.ts";
import { createMeterEventSummaries } from "./meter-event-summaries.ts";
import { createMeterEvents } from "./meter-events.ts";
import { createMeters } from "./meters.ts";
import { createPaymentIntents } from "./payment-intents.ts";
import { createPaymentMethods } from "./payment-methods.ts";
import { createPortalConfigurations } from "./portal-configurations.ts";
import { createPortalSessions } from "./portal-sessions.ts";
import { createPrices } from "./prices.ts";
import { createProducts } from "./products.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createWebhookEndpoints } from "./webhook-endpoints.ts";

/** What this account answers. A new resource is a file beside this one and a row here. */
export const resources: readonly ((account: Account) => readonly Operation[])[] = [
  createCustomers,
  createProducts,
  createPrices,
  createPaymentMethods,
  createPaymentIntents,
  createSubscriptions,
  createInvoices,
  createInvoiceItems,
  createCheckoutSessions,
  createPortalConfigurations,
  createPortalSessions,
  createMeters,
  createMeterEvents,
  createMeterEventSummaries,
  createFeatures,
  createActiveEntitlements,
  createWebhookEndpoints,
  createEvents,
  createEventDestinations,
];
