import type { Collection } from "./journal.ts";

/** One record before and after a write; `before` is missing for a new one, `after` for one that was deleted. */
export interface RecordChange<T> {
  readonly before?: T;
  readonly after?: T;
}

/** The collection as it is, telling of each write once it is done. */
export function watchCollection<T>(
  collection: Collection<T>,
  onChange: (change: RecordChange<T>) => void,
): Collection<T> {
  return {
    ...collection,
    // A getter, which the spread would read once.
    get size() {
      return collection.size;
    },
    set(id, record) {
      const before = collection.get(id);
      const after = collection.set(id, record);
      onChange(before === undefined ? { after } : { before, after });
      return after;
    },
    delete(id) {
      const before = collection.get(id);
      const existed = collection.delete(id);
      if (before !== undefined) onChange({ before });
      return existed;
    },
    deleteWhere(matches) {
      const deleted = collection.filter(matches);
      collection.deleteWhere(matches);
      for (const before of deleted) onChange({ before });
    },
  };
}
