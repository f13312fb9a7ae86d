import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type JournalFile, type JournalFileOptions, openJournalFile } from "./journal-file.ts";
import { createEntryReader, type Entry } from "./read-entries.ts";

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

export interface JournalOptions extends Pick<JournalFileOptions, "leastGrowth"> {
  /**
   * How many records of a collection are kept, by its name. One that is named here loses its oldest records alone, so that a file
   * with a long history is opened without a look at all of it.
   */
  readonly newest?: Readonly<Record<string, number>>;
}

/**
 * State in memory, saved as it changes: one line of JSON a change, handed to the operating system before the call
 * returns, so that what a client was told has happened survives a `kill -9`. A last line that was cut off is dropped
 * (nobody was told). What was overwritten is left out of the file from time to time. Without a file nothing is saved.
 *
 * @throws {JournalError} unreadable_journal
 */
export function openJournal(file?: string, { newest = {}, leastGrowth }: JournalOptions = {}): Journal {
  const maps = new Map<string, Map<string, unknown>>();
  const fleeting = new Set<string>();
  /** Those asked for: some are at every entry of the log, and making one takes as long as the entry. */
  const collections = new Map<string, unknown>();
  const mapOf = (name: string): Map<string, unknown> => {
    const map = maps.get(name) ?? new Map<string, unknown>();
    maps.set(name, map);
    return map;
  };
  function* listKept(): Generator<string> {
    for (const [c, map] of maps) {
      if (fleeting.has(c)) continue;
      for (const [k, v] of map) yield JSON.stringify({ c, k, v });
    }
  }

  let saved: JournalFile | undefined;
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const lines = createEntryReader(newest);
    for (const entry of lines.read(file)) {
      if (entry.v === undefined) mapOf(entry.c).delete(entry.k);
      else mapOf(entry.c).set(entry.k, entry.v);
    }
    for (const [name, most] of Object.entries(newest)) dropOldest(mapOf(name), most);
    const kept = [...maps.values()].reduce((sum, { size }) => sum + size, 0);
    saved = openJournalFile(file, {
      listKept,
      share: kept / lines.count(),
      ...(leastGrowth !== undefined && { leastGrowth }),
    });
  }
  const append = (entry: Entry): void => saved?.append(JSON.stringify(entry));

  const makeCollection = <T>(name: string, durable: boolean): Collection<T> => {
    const map = mapOf(name) as Map<string, T>;
    if (!durable) fleeting.add(name);
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
  };

  return {
    collection<T>(name: string, { durable = true } = {}): Collection<T> {
      const made = (collections.get(name) as Collection<T> | undefined) ?? makeCollection<T>(name, durable);
      collections.set(name, made);
      return made;
    },
    close() {
      saved?.close();
      saved = undefined;
    },
  };
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of [...map.keys()].slice(0, Math.max(0, map.size - most))) map.delete(key);
}
