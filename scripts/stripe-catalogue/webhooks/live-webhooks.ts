import type Stripe from "stripe";
import type { LiveDestination } from "./plan-webhooks.ts";

/** Stripe allows 16 webhook endpoints; each page here has more. */
const MOST = { limit: 1_000 } as const;

/** Webhook endpoints, and event destinations of thin events to an address. */
export async function readWebhooks(stripe: Stripe): Promise<readonly LiveDestination[]> {
  const endpoints = await stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray(MOST);
  const destinations = await stripe.v2.core.eventDestinations
    .list({ limit: 100, include: ["webhook_endpoint.url"] })
    .autoPagingToArray(MOST);
  return [
    ...endpoints.map(
      ({ id, url, enabled_events, status }): LiveDestination => ({
        kind: "webhook endpoint",
        id,
        url,
        events: enabled_events,
        isEnabled: status === "enabled",
      }),
    ),
    ...destinations
      .filter(({ event_payload, type }) => event_payload === "thin" && type === "webhook_endpoint")
      .map(
        ({ id, webhook_endpoint, enabled_events, status }): LiveDestination => ({
          kind: "event destination",
          id,
          url: webhook_endpoint?.url ?? "",
          events: enabled_events,
          isEnabled: status === "enabled",
        }),
      ),
  ];
}
