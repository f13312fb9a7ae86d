import type { Tenant } from "../tenant.ts";
import { disableStream, type EventStream } from "./event-stream.ts";
import type { EventStreamsSettings } from "./settings.ts";

/** Deliveries that fail, counted: Auth0 disables a stream for too many. */
export interface FailureCount {
  noteSuccess(stream: EventStream): void;
  /** Disables the stream where this one was too many. */
  noteFailure(stream: EventStream): void;
}

/** Those in a row are forgotten with a restart; those of all times are the ones that are kept. */
export function createFailureCount(
  getTenant: () => Pick<Tenant, "log" | "state">,
  { mostInARow, mostInAll }: Pick<EventStreamsSettings, "mostInARow" | "mostInAll">,
): FailureCount {
  const inARow = new Map<string, number>();
  return {
    noteSuccess: ({ id }) => void inARow.delete(id),
    noteFailure({ id, name = id }) {
      const { log, state } = getTenant();
      const failed = (inARow.get(id) ?? 0) + 1;
      inARow.set(id, failed);
      const inAll = state.failedDeliveries.filter(({ event_stream_id }) => event_stream_id === id).length;
      if (failed < mostInARow && inAll < mostInAll) return;
      if (!disableStream(state, id)) return;
      inARow.delete(id);
      const why = failed < mostInARow ? `${inAll} deliveries failed` : `${failed} deliveries in a row failed`;
      log(`event stream ${name} is disabled: ${why}; redeliver what failed, then set its status to enabled`);
    },
  };
}
