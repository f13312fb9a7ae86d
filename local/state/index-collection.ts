import type { Collection } from "./journal.ts";
import { watchCollection } from "./watch-collection.ts";

/** Records that are found by a key too, without a look at all of them. */
export interface IndexedCollection<T> extends Collection<T> {
  /** Those of this key, in order of creation. */
  findBy(key: string): T[];
}

/**
 * The collection with an index, which is made when it is first asked.
 *
 * @param keyOf undefined keeps a record out of the index
 */
export function indexCollection<T>(
  collection: Collection<T>,
  keyOf: (record: T) => string | undefined,
): IndexedCollection<T> {
  let index: Map<string, Set<T>> | undefined;
  const add = (into: Map<string, Set<T>>, record: T): void => {
    const key = keyOf(record);
    if (key === undefined) return;
    const others = into.get(key);
    if (others === undefined) into.set(key, new Set([record]));
    else others.add(record);
  };
  const remove = (from: Map<string, Set<T>>, record: T): void => {
    const key = keyOf(record);
    const others = key === undefined ? undefined : from.get(key);
    others?.delete(record);
    if (key !== undefined && others?.size === 0) from.delete(key);
  };
  const watched = watchCollection(collection, ({ before, after }) => {
    if (index === undefined) return;
    if (before !== undefined) remove(index, before);
    if (after !== undefined) add(index, after);
  });
  return Object.assign(watched, {
    findBy(key: string): T[] {
      if (index === undefined) {
        index = new Map();
        for (const record of collection.values()) add(index, record);
      }
      const found = index.get(key) ?? new Set<T>();
      // A record that was changed since is the last in the index, and where it was in the collection.
      return found.size > 1 ? collection.filter((record) => found.has(record)) : [...found];
    },
  });
}
