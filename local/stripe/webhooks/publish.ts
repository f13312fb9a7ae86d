import type { Clock } from "../../clock.ts";
import type { Collection } from "../../state/journal.ts";
import type { Publish } from "../account.ts";
import { createId } from "../ids.ts";
import { renderJson } from "../outcome.ts";
import type { Deliveries } from "./deliveries.ts";
import type { DestinationRecord } from "./destination-record.ts";
import type { EndpointRecord } from "./endpoint-record.ts";
import { createEventLog, type EventLog, type SnapshotEvent, type ThinEvent } from "./event-log.ts";
import { listThinTypes, type RelatedObject, renderRelatedObject } from "./thin-events.ts";

interface PublisherOptions {
  readonly endpoints: Collection<EndpointRecord>;
  readonly destinations: Collection<DestinationRecord>;
  readonly send: Deliveries["send"];
  readonly clock: Clock;
  readonly apiVersion: string;
}

interface ThinNews {
  readonly type: string;
  readonly related: RelatedObject | null;
  readonly data?: object;
  readonly snapshot?: string;
}

export interface Publisher {
  readonly publish: Publish;
  /** Tells what only thin events tell. `to`: one destination, whatever it listens to. */
  readonly publishThin: (news: ThinNews, to?: DestinationRecord) => ThinEvent;
  readonly events: EventLog<SnapshotEvent>;
  readonly thinEvents: EventLog<ThinEvent>;
}

/** Makes the events of a change, in both forms, and hands them over to whoever listens. */
export function createPublisher({ endpoints, destinations, send, clock, apiVersion }: PublisherOptions): Publisher {
  const events = createEventLog<SnapshotEvent>();
  const thinEvents = createEventLog<ThinEvent>();

  const listeners = (payload: "snapshot" | "thin", type: string) =>
    destinations
      .filter((one) => one.status === "enabled" && one.event_payload === payload && isFor(one.enabled_events, type))
      .map(toReceiver);

  const publishThin: Publisher["publishThin"] = ({ type, related, data, snapshot }, to) => {
    const notification: ThinEvent = {
      id: createId("evt_test", 24),
      object: "v2.core.event",
      created: new Date(clock()).toISOString(),
      livemode: false,
      related_object: related,
      type,
      ...(snapshot !== undefined && { snapshot_event: snapshot }),
    };
    const event = data === undefined ? notification : { ...notification, data };
    thinEvents.add(event);
    const receivers = to === undefined ? listeners("thin", type) : [toReceiver(to)];
    if (receivers.length > 0) send(receivers, notification, renderJson(notification));
    return event;
  };

  return {
    events,
    thinEvents,
    publishThin,
    publish(type, object, before) {
      const receivers = [
        ...endpoints.filter(({ enabled_events: wanted, status }) => status === "enabled" && isFor(wanted, type)),
        ...listeners("snapshot", type),
      ];
      const event: SnapshotEvent = {
        id: createId("evt", 24),
        object: "event",
        api_version: apiVersion,
        created: Math.floor(clock() / 1000),
        data: { object, ...(before !== undefined && { previous_attributes: findPrevious(object, before) }) },
        livemode: false,
        pending_webhooks: receivers.length,
        request: { id: null, idempotency_key: null },
        type,
      };
      events.add(event);
      if (receivers.length > 0) send(receivers, event, renderJson(event));
      const related = renderRelatedObject(object);
      for (const thin of listThinTypes(type, object, before)) {
        publishThin({ type: thin, related, snapshot: event.id });
      }
    },
  };
}

const isFor = (enabled: readonly string[], type: string): boolean => enabled.includes("*") || enabled.includes(type);

const toReceiver = ({ id, webhook_endpoint: { url, signing_secret: secret } }: DestinationRecord) => ({
  id,
  url,
  secret,
});

/** The members that have changed, as they were. */
function findPrevious(object: object, before: object): Record<string, unknown> {
  const after = new Map<string, unknown>(Object.entries(object));
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(after.get(name)) !== JSON.stringify(value)),
  );
}
