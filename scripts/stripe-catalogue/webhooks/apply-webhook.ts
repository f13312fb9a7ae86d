import type Stripe from "stripe";
import type { DestinationKind, WebhookChange } from "./plan-webhooks.ts";

type EventName = Stripe.WebhookEndpointCreateParams.EnabledEvent;

/**
 * @param keepSecret is handed the signing secret of a new one, which Stripe tells this once
 * @returns the id
 */
export async function applyWebhook(
  stripe: Stripe,
  change: WebhookChange,
  keepSecret: (secret: string) => Promise<void>,
): Promise<string> {
  if (change.kind === "add events") return addEvents(stripe, change.of, change.id, change.events);
  const { id, secret } = await create(stripe, change);
  await keepSecret(secret);
  return id;
}

async function create(
  stripe: Stripe,
  { of, url, events }: Extract<WebhookChange, { kind: "create destination" }>,
): Promise<{ id: string; secret: string }> {
  if (of === "webhook endpoint") {
    const { id, secret = "" } = await stripe.webhookEndpoints.create({ url, enabled_events: events as EventName[] });
    return { id, secret };
  }
  const { id, webhook_endpoint } = await stripe.v2.core.eventDestinations.create({
    name: "Authorizer",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: [...events],
    webhook_endpoint: { url },
    include: ["webhook_endpoint.signing_secret"],
  });
  return { id, secret: webhook_endpoint?.signing_secret ?? "" };
}

async function addEvents(stripe: Stripe, of: DestinationKind, id: string, events: readonly string[]): Promise<string> {
  if (of === "webhook endpoint") await stripe.webhookEndpoints.update(id, { enabled_events: events as EventName[] });
  else await stripe.v2.core.eventDestinations.update(id, { enabled_events: [...events] });
  return id;
}
