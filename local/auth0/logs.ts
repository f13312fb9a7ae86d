import type { Clock } from "../clock.ts";
import type { Collection } from "../state/journal.ts";
import type { LogEntry } from "./state/log-entry.ts";

/** What happened; the rest of the entry is filled in. Secrets, tokens and passwords do not belong in any field. */
export type LogEvent = Partial<Omit<LogEntry, "_id" | "log_id" | "date">> & Pick<LogEntry, "type">;

export interface TenantLogs {
  write(event: LogEvent): LogEntry;
  /** The oldest first, which is the order of their ids. */
  entries(): readonly LogEntry[];
  find(logId: string): LogEntry | undefined;
}

/** Auth0 keeps entries for days, a local tenant by number: at least this many, the newest. */
const KEPT_ENTRIES = 10_000;
/** The oldest go together, so that not every new entry has to look for the one that it replaces. */
const DROPPED_AT_ONCE = 500;

const EMPTY: Omit<LogEntry, "_id" | "log_id" | "date" | "type"> = {
  description: null,
  connection: null,
  connection_id: null,
  organization_id: null,
  organization_name: null,
  client_id: null,
  client_name: null,
  ip: null,
  hostname: null,
  details: null,
  user_id: null,
  user_name: null,
  user_agent: null,
  audience: null,
  strategy: null,
  strategy_type: null,
  isMobile: false,
  location_info: null,
};

/** So many there are at the most. */
export const MOST_ENTRIES = KEPT_ENTRIES + DROPPED_AT_ONCE;

/** @param onWrite is told of each entry */
export function createTenantLogs(
  collection: Collection<LogEntry>,
  clock: Clock,
  onWrite: (entry: LogEntry) => void = () => {},
): TenantLogs {
  let written = readCounter(collection.values().at(-1));
  return {
    write({ type, ...event }) {
      const date = new Date(clock()).toISOString();
      written += 1;
      const id = renderLogId(date, written);
      const entry: LogEntry = {
        _id: id,
        log_id: id,
        date,
        type,
        ...EMPTY,
        ...event,
      };
      collection.set(id, entry);
      if (collection.size >= MOST_ENTRIES) {
        for (const old of collection.values().slice(0, DROPPED_AT_ONCE)) collection.delete(old.log_id);
      }
      onWrite(entry);
      return entry;
    },
    entries: () => collection.values(),
    find: (logId) => collection.get(logId),
  };
}

/** `900`, the time to the microsecond, and a counter: 56 digits in all, which sort by age. */
function renderLogId(date: string, counter: number): string {
  const digits = date.replaceAll(/\D/g, "");
  return `900${digits}000${String(counter).padStart(33, "0")}`;
}

/** The counter goes on where it was before a restart. */
function readCounter(newest: LogEntry | undefined): number {
  return newest === undefined ? 0 : Number(newest.log_id.slice(-15));
}
