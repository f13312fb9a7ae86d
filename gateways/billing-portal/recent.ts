import { dropOldest } from "../authorizer/billing/entry-store.ts";

/** What was read a moment ago. */
export interface Recent<T> {
  /** @param maxAge milliseconds that what was read before may be old; 0: as it is now */
  get(key: string, maxAge: number, read: () => Promise<T | undefined>): Promise<T | undefined>;
  /** To be told that something was written. */
  forget(key: string): void;
}

const CAPACITY = 5_000;

/** @param steadyClock milliseconds, for durations */
export function createRecent<T>(steadyClock: () => number): Recent<T> {
  const kept = new Map<string, { readonly value: T; readonly readAt: number }>();
  return {
    async get(key, maxAge, read) {
      const before = kept.get(key);
      if (before && steadyClock() - before.readAt < maxAge) return before.value;
      const readAt = steadyClock();
      const value = await read();
      kept.delete(key);
      if (value !== undefined) kept.set(key, { value, readAt });
      dropOldest(kept, CAPACITY);
      return value;
    },
    forget: (key) => void kept.delete(key),
  };
}
