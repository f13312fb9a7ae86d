import type { CloudEvent } from "../state/event-stream.ts";

/** An event that is not for one stream. */
export type TenantEvent = Omit<CloudEvent, "a0stream">;

export interface LoggedEvent {
  /** Opaque to clients, who go on after it. */
  readonly offset: string;
  readonly event: TenantEvent;
}

/** Where to begin: after an offset, at or after a time in milliseconds, or with what happens from now on. */
export type Start = { readonly after: string } | { readonly from: number } | "now";

export interface EventLog {
  add(event: TenantEvent): void;
  /** The offset of the newest event. */
  readonly newest: string;
  /** `invalid`: nobody was given this offset. `expired`: it is of events that are gone, or of before a restart. */
  read(start: Start): readonly LoggedEvent[] | "invalid" | "expired";
  /** Calls back after every event; returns what ends that. */
  subscribe(listener: (event: LoggedEvent) => void): () => void;
}

/** How long Auth0 keeps events is not documented: here the newest, in memory. */
const KEPT = 10_000;
const OFFSET = /^([0-9a-z]+)-(\d{1,15})$/;

/** @param run tells the offsets of this start of the tenant from those of others */
export function createEventLog(run: string): EventLog {
  const listeners = new Set<(event: LoggedEvent) => void>();
  let events: LoggedEvent[] = [];
  let count = 0;
  const encode = (position: number) => Buffer.from(`${run}-${position}`).toString("base64url");

  const readAfter = (offset: string): ReturnType<EventLog["read"]> => {
    const [, ofRun, digits] = OFFSET.exec(Buffer.from(offset, "base64url").toString()) ?? [];
    if (digits === undefined || (encode(Number(digits)) !== offset && ofRun === run)) return "invalid";
    if (ofRun !== run) return "expired";
    const position = Number(digits);
    if (position > count) return "invalid";
    const first = count - events.length;
    return position < first ? "expired" : events.slice(position - first);
  };

  return {
    get newest() {
      return encode(count);
    },
    add(event) {
      count += 1;
      const logged = { offset: encode(count), event };
      events.push(logged);
      if (events.length > KEPT * 2) events = events.slice(-KEPT);
      for (const listener of listeners) listener(logged);
    },
    read(start) {
      if (start === "now") return [];
      if ("after" in start) return readAfter(start.after);
      return events.filter(({ event }) => Date.parse(event.time) >= start.from);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
