import { invalidRequest } from "../errors.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import { type Parsed, required } from "../parameters.ts";
import type { DestinationRecord } from "../webhooks/destination-record.ts";
import type { createParameters, updateParameters } from "./event-destination-parameters.ts";

/** @param created as ISO 8601, which Stripe's second API has instead of seconds */
export function newDestination(fields: Parsed<typeof createParameters>, created: string): DestinationRecord {
  const payload = required(fields.event_payload, "event_payload");
  return {
    id: createId("we_test", 24),
    object: "v2.core.event_destination",
    created,
    description: fields.description ?? "",
    enabled_events: checkEvents(required(fields.enabled_events, "enabled_events"), payload),
    event_payload: payload,
    events_from: ["self"],
    livemode: false,
    metadata: mergeMetadata({}, fields.metadata ?? "clear"),
    name: required(fields.name, "name"),
    status: "enabled",
    type: required(fields.type, "type"),
    updated: created,
    webhook_endpoint: {
      url: required(fields.webhook_endpoint?.url, "webhook_endpoint.url"),
      signing_secret: createId("whsec", 32),
    },
  };
}

/** What an update changes. */
export function toChanges(
  before: DestinationRecord,
  { metadata, webhook_endpoint: endpoint, description, ...fields }: Omit<Parsed<typeof updateParameters>, "include">,
): Partial<DestinationRecord> {
  if (fields.enabled_events !== undefined) checkEvents(fields.enabled_events, before.event_payload);
  return {
    ...fields,
    ...(description !== undefined && { description: description ?? "" }),
    ...(metadata !== undefined && { metadata: mergeMetadata(before.metadata ?? {}, metadata) }),
    ...(endpoint?.url !== undefined && { webhook_endpoint: { ...before.webhook_endpoint, url: endpoint.url } }),
  };
}

function checkEvents(events: string[], payload: "snapshot" | "thin"): string[] {
  const wrong = events.find((type) => type !== "*" && /^v\d+\./.test(type) !== (payload === "thin"));
  if (wrong === undefined) return events;
  throw invalidRequest(`The event type '${wrong}' is not one of ${payload} events.`, { param: "enabled_events" });
}
