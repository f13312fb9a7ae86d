import type { CacheRecord } from "../api/cache.ts";
import type { RunTrigger } from "../handler.ts";

type Records = ReadonlyMap<string, CacheRecord>;

/** `api.cache` between runs: one a trigger, shared by its Actions, gone with the tenant. A run works on a copy. */
export interface TriggerCache {
  /** Without what has expired. */
  read(trigger: RunTrigger, now: number): Records;
  /** What a run changed of the copy that it was given; runs at the same time keep what they wrote under other keys. */
  merge(trigger: RunTrigger, before: Records, after: Records): void;
}

export function createTriggerCache(): TriggerCache {
  const caches = new Map<RunTrigger, Map<string, CacheRecord>>();
  const cacheOf = (trigger: RunTrigger): Map<string, CacheRecord> => {
    const cache = caches.get(trigger) ?? new Map<string, CacheRecord>();
    caches.set(trigger, cache);
    return cache;
  };
  return {
    read(trigger, now) {
      const cache = cacheOf(trigger);
      for (const [key, { expires_at }] of cache) if (expires_at < now) cache.delete(key);
      return new Map(cache);
    },
    merge(trigger, before, after) {
      const cache = cacheOf(trigger);
      for (const key of before.keys()) if (!after.has(key)) cache.delete(key);
      for (const [key, record] of after) {
        const former = before.get(key);
        if (former?.value !== record.value || former.expires_at !== record.expires_at) cache.set(key, record);
      }
    },
  };
}
