import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** Records of one kind by id, in order of creation. Records are values: to change one, `set` a new one. */
export interface Collection<T> {
  readonly size: number;
  get(id: string): T | undefined;
  has(id: string): boolean;
  values(): T[];
  find(matches: (record: T) => boolean): T | undefined;
  filter(matches: (record: T) => boolean): T[];
  set(id: string, record: T): T;
  delete(id: string): boolean;
  deleteWhere(matches: (record: T) => boolean): void;
}

export interface Journal {
  /** The same name gives the same collection. `durable: false` keeps it out of the file (codes, rate windows). */
  collection<T>(name: string, options?: { durable?: boolean }): Collection<T>;
  close(): void;
}

type Entry = { c: string; k: string; v?: unknown };

/**
 * State in memory, saved as it changes: one line of JSON a change, handed to the operating system before the call
 * returns, so that what a client was told has happened survives a `kill -9`. A last line that was cut off is dropped
 * (nobody was told). Opening a journal rewrites it without what was overwritten. Without a file nothing is saved.
 */
export function openJournal(file?: string): Journal {
  const maps = new Map<string, Map<string, unknown>>();
  const mapOf = (name: string): Map<string, unknown> => {
    const map = maps.get(name) ?? new Map<string, unknown>();
    maps.set(name, map);
    return map;
  };

  let descriptor: number | undefined;
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    for (const entry of readEntries(file)) {
      if (entry.v === undefined) mapOf(entry.c).delete(entry.k);
      else mapOf(entry.c).set(entry.k, entry.v);
    }
    writeCompacted(file, maps);
    descriptor = openSync(file, "a", 0o600);
  }
  const append = (entry: Entry): void => {
    if (descriptor !== undefined) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
  };

  return {
    collection<T>(name: string, { durable = true } = {}): Collection<T> {
      const map = mapOf(name) as Map<string, T>;
      const remove = (id: string): boolean => {
        const existed = map.delete(id);
        if (existed && durable) append({ c: name, k: id });
        return existed;
      };
      return {
        get size() {
          return map.size;
        },
        get: (id) => map.get(id),
        has: (id) => map.has(id),
        values: () => [...map.values()],
        find: (matches) => {
          for (const record of map.values()) if (matches(record)) return record;
          return undefined;
        },
        filter: (matches) => [...map.values()].filter(matches),
        set: (id, record) => {
          map.set(id, record);
          if (durable) append({ c: name, k: id, v: record });
          return record;
        },
        delete: remove,
        deleteWhere: (matches) => {
          for (const [id, record] of map) if (matches(record)) remove(id);
        },
      };
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** A journal that cannot be read: not a cut-off end, which is expected, but something else in the file. */
class JournalError extends Error {
  override readonly name = "JournalError";
  readonly code = "unreadable_journal";
}

function readEntries(file: string): Entry[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  return complete.split("\n").flatMap((line, index) => (line === "" ? [] : [parseEntry(line, `${file}:${index + 1}`)]));
}

function parseEntry(line: string, place: string): Entry {
  try {
    const entry = JSON.parse(line) as Partial<Entry> | null;
    if (typeof entry?.c === "string" && typeof entry.k === "string") return entry as Entry;
  } catch {
    // Falls through: what is wrong with the line would show what is in it.
  }
  throw new JournalError(`${place} is not a line of saved state. Restore the file, or move it away to start afresh.`);
}

/** Beside the old file first, then in its place: a crash leaves one or the other, never half. */
function writeCompacted(file: string, maps: Map<string, Map<string, unknown>>): void {
  const lines: string[] = [];
  for (const [c, map] of maps) for (const [k, v] of map) lines.push(`${JSON.stringify({ c, k, v })}\n`);
  const fresh = `${file}.new`;
  writeFileSync(fresh, lines.join(""), { mode: 0o600 });
  renameSync(fresh, file);
}
