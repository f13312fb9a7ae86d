import type { Collection } from "./journal.ts";
import { watchCollection } from "./watch-collection.ts";

/** Records that are found by keys too, without a look at all of them. */
export interface IndexedCollection<T> extends Collection<T> {
  /** Those of this key, in the order in which they came to have it. */
  findBy(key: string): T[];
}

/**
 * The collection with an index, which is made when it is first asked.
 *
 * @param keysOf each once; none keeps a record out of the index
 */
export function indexCollection<T>(
  collection: Collection<T>,
  keysOf: (record: T) => readonly string[],
): IndexedCollection<T> {
  let index: Map<string, T[]> | undefined;
  const write = (into: Map<string, T[]>, key: string, before: T | undefined, after: T | undefined): void => {
    const found = into.get(key) ?? [];
    const at = before === undefined ? -1 : found.indexOf(before);
    found.splice(at === -1 ? found.length : at, 1, ...(after === undefined ? [] : [after]));
    if (found.length === 0) into.delete(key);
    else into.set(key, found);
  };
  const watched = watchCollection(collection, ({ before, after }) => {
    if (index === undefined) return;
    const kept = after === undefined ? [] : keysOf(after);
    const lost = (before === undefined ? [] : keysOf(before)).filter((key) => !kept.includes(key));
    for (const key of lost) write(index, key, before, undefined);
    for (const key of kept) write(index, key, before, after);
  });
  return Object.assign(watched, {
    findBy(key: string): T[] {
      if (index === undefined) {
        index = new Map();
        for (const record of collection.values()) {
          for (const own of keysOf(record)) write(index, own, undefined, record);
        }
      }
      return [...(index.get(key) ?? [])];
    },
  });
}
