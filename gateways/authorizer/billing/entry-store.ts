/** What is known of many keys, in bounded memory: what anybody can fill never takes the place of what pays. */
export interface EntryStore<E> {
  /** Counts as use: the least recently used go first. */
  use(key: string): E | undefined;
  peek(key: string): E | undefined;
  keep(key: string, entry: E): void;
  /** Entries that pay. */
  readonly paying: number;
}

export interface Capacity {
  readonly paying: number;
  readonly others: number;
}

/** @param pays looked at again with each use, because it may depend on what else is known */
export function createEntryStore<E>(capacity: Capacity, pays: (entry: E) => boolean): EntryStore<E> {
  const paying = new Map<string, E>();
  const others = new Map<string, E>();

  const peek = (key: string): E | undefined => paying.get(key) ?? others.get(key);
  const keep = (key: string, entry: E): void => {
    paying.delete(key);
    others.delete(key);
    const [map, size] = pays(entry) ? [paying, capacity.paying] : [others, capacity.others];
    map.set(key, entry);
    dropOldest(map, size);
  };
  return {
    use(key) {
      const entry = peek(key);
      if (entry !== undefined) keep(key, entry);
      return entry;
    },
    peek,
    keep,
    get paying() {
      return paying.size;
    },
  };
}

/** A Map keeps the order in which its keys were set. */
export function dropOldest(map: Map<string, unknown>, capacity: number): void {
  for (const key of map.keys()) {
    if (map.size <= capacity) return;
    map.delete(key);
  }
}
