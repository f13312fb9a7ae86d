import type { Paint } from "../../terminal/paint.ts";
import type { WebhookChange } from "./plan-webhooks.ts";

const PAYLOAD = { "webhook endpoint": "whole events", "event destination": "thin events" } as const;

export function renderWebhookChange(change: WebhookChange, paint: Paint): string {
  if (change.kind === "create destination") {
    return `${paint("green", "+")} ${change.of} ${change.url}, ${PAYLOAD[change.of]}: ${change.events.length} types`;
  }
  return `${paint("yellow", "~")} ${change.of} ${change.id}: also ${change.added.join(", ")}`;
}
