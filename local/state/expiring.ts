import type { Clock } from "../clock.ts";

/** Values that are good for a while and do not outlive the process: codes, logins under way, one-time passwords. */
export interface Expiring<T> {
  readonly size: number;
  /** The value until it expires; undefined afterwards, and for a key that never was. */
  get(key: string): T | undefined;
  /** Those that are still good, the oldest first. */
  values(): T[];
  /** Starts the key's lifetime anew. */
  set(key: string, value: T): void;
  /** Another value for a key that is still good, which keeps its expiry. */
  replace(key: string, value: T): void;
  delete(key: string): boolean;
}

/**
 * All keys of one map live equally long, so the oldest come first and are dropped as new ones are added: the map holds
 * no more than what was added within one lifetime. `lifetime` in milliseconds.
 */
export function createExpiring<T>(clock: Clock, lifetime: number): Expiring<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>();
  const dropExpired = (): void => {
    for (const [key, entry] of entries) {
      if (entry.expiresAt > clock()) return;
      entries.delete(key);
    }
  };
  const find = (key: string) => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAt > clock() ? entry : undefined;
  };
  return {
    get size() {
      return entries.size;
    },
    get: (key) => find(key)?.value,
    values: () => [...entries.values()].flatMap(({ value, expiresAt }) => (expiresAt > clock() ? [value] : [])),
    set(key, value) {
      dropExpired();
      entries.delete(key);
      entries.set(key, { value, expiresAt: clock() + lifetime });
    },
    replace(key, value) {
      const entry = find(key);
      if (entry !== undefined) entries.set(key, { value, expiresAt: entry.expiresAt });
    },
    delete: (key) => entries.delete(key),
  };
}
