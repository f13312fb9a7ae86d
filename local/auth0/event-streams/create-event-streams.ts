import type { PostOptions } from "../../http/post.ts";
import { randomAlphanumeric } from "../ids.ts";
import type { CloudEvent, Delivery } from "../state/event-stream.ts";
import type { StateChange } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import { isoTime } from "../timestamps.ts";
import { createDeliver } from "./deliver.ts";
import { describeChange, type Happening } from "./describe-change.ts";
import { createEventLog, type EventLog, type TenantEvent } from "./event-log.ts";
import { addressTo, type EventStream, listStreamsFor } from "./event-stream.ts";
import { createFailureCount } from "./failure-count.ts";
import { DEFAULT_EVENT_STREAMS_SETTINGS, type EventStreamsSettings } from "./settings.ts";

/** The tenant's events on their way to whoever subscribed (`tenant.eventStreams`). Nobody who changes something waits for them. */
export interface EventStreams {
  /** The newest events, for those who ask (`GET /events`). */
  readonly log: EventLog;
  readonly settings: EventStreamsSettings;
  /** Tells of a change that has been written. Never throws. */
  tell(change: StateChange): void;
  /** Sends an event that was not delivered once more, with all its attempts. */
  redeliver(stream: EventStream, event: CloudEvent): void;
  /** Sends an event that never happened, with all its attempts, and says at once that it is on its way. */
  test(stream: EventStream, happening: Happening): Delivery;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
  /** Cuts what is on its way. */
  close(): void;
}

export interface EventStreamsOptions extends PostOptions {
  readonly settings?: Partial<EventStreamsSettings> | undefined;
}

/** Deliveries that failed and are kept, the newest. */
const KEPT_FAILURES = 5_000;

export function createEventStreams(getTenant: () => Tenant, options: EventStreamsOptions): EventStreams {
  const settings = { ...DEFAULT_EVENT_STREAMS_SETTINGS, ...options.settings };
  const log = createEventLog(randomAlphanumeric(8).toLowerCase());
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  const failures = createFailureCount(getTenant, settings);

  const deliverTo = createDeliver(getTenant, { ...options, settings, signal: closing.signal });

  const deliver = async (stream: EventStream, event: CloudEvent): Promise<void> => {
    const delivery = await deliverTo(stream, event);
    if (closing.signal.aborted) return;
    const { state, log: print } = getTenant();
    const key = `${stream.id}:${event.id}`;
    if (delivery.status === "succeeded") {
      state.failedDeliveries.delete(key);
      failures.noteSuccess(stream);
      return;
    }
    state.failedDeliveries.set(key, { ...delivery, event });
    const [oldest] = state.failedDeliveries.size > KEPT_FAILURES ? state.failedDeliveries.values() : [];
    if (oldest !== undefined) state.failedDeliveries.delete(`${oldest.event_stream_id}:${oldest.id}`);
    const { attempts } = delivery;
    print(
      `event stream ${stream.name ?? stream.id}: ${event.type} ${event.id} was not delivered in ${attempts.length} ` +
        `attempts: ${attempts.at(-1)?.error_message}`,
    );
    failures.noteFailure(stream);
  };

  const start = (stream: EventStream, event: CloudEvent): void => {
    if (closing.signal.aborted) return;
    const running: Promise<void> = deliver(stream, event)
      .catch((error: unknown) => getTenant().log(`event stream ${stream.id}: ${String(error)}`))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };

  return {
    log,
    settings,
    tell(change) {
      const tenant = getTenant();
      for (const happening of describeChange(tenant.state, change)) {
        const event = toEvent(tenant, happening);
        log.add(event);
        for (const stream of listStreamsFor(tenant.state, event.type)) start(stream, addressTo(event, stream));
      }
    },
    redeliver: start,
    test: (stream, happening) => {
      const event = addressTo({ ...toEvent(getTenant(), happening), a0purpose: "test" as const }, stream);
      start(stream, event);
      const { id, type: event_type } = event;
      return { id, event_stream_id: stream.id, event_type, status: "pending", attempts: [], event };
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => closing.abort(),
  };
}

function toEvent(
  { clock, domain, name }: Pick<Tenant, "clock" | "domain" | "name">,
  happening: Happening,
): TenantEvent {
  return {
    id: `evt_${randomAlphanumeric(22)}`,
    type: happening.type,
    source: `urn:auth0:${name}.${domain.replace(/:\d+$/, "")}`,
    specversion: "1.0",
    time: isoTime(clock()),
    data: { object: happening.object, context: { tenant: { id: name } } },
    a0tenant: name,
  };
}
