import type { KeyObject } from "node:crypto";
import type { FetchKeySet } from "./fetch-key-set.ts";
import { type Keys, parseKeySet } from "./parse-key-set.ts";

type KeyLookup =
  | { readonly kind: "key"; readonly key: KeyObject }
  /** The issuer does not publish it. */
  | { readonly kind: "unknown" }
  /** The issuer could not be asked. */
  | { readonly kind: "unavailable" };

interface KeyStoreStats {
  readonly fetches: number;
  readonly failures: number;
  readonly keys: number;
  /** Milliseconds; undefined before the first set. */
  readonly age: number | undefined;
}

export interface KeyStore {
  /** The key of this id, at once, if it is known and may be used. An old set is read anew meanwhile. */
  find(kid: string): KeyObject | undefined;
  /** Asks the issuer when `find` had nothing: once for all who wait, and not more often than the cool-down allows. */
  resolve(kid: string): Promise<KeyLookup>;
  /** Reads the set if there is none yet. Resolves to whether there is one. */
  load(): Promise<boolean>;
  readonly stats: KeyStoreStats;
}

/** All in milliseconds. */
export interface KeyStoreOptions {
  readonly fetchKeySet: FetchKeySet;
  /** For durations. */
  readonly clock: () => number;
  /** A set older than this is read anew while it goes on being used: a key rotated away is refused from then on. */
  readonly maxAge: number;
  /** A set older than this is not used, however long the issuer is down. */
  readonly maxStale: number;
  /** Between two fetches for unknown keys, and after a fetch that failed: invented ids must not flood the issuer. */
  readonly coolDown: number;
}

interface KeySet {
  readonly keys: Keys;
  readonly readAt: number;
}

export function createKeyStore({ fetchKeySet, clock, maxAge, maxStale, coolDown }: KeyStoreOptions): KeyStore {
  let current: KeySet | undefined;
  let pending: Promise<boolean> | undefined;
  let fetches = 0;
  let failures = 0;
  let lastFailure = Number.NEGATIVE_INFINITY;
  let lastSearch = Number.NEGATIVE_INFINITY;

  const usable = (now = clock()): KeySet | undefined =>
    current !== undefined && now - current.readAt <= maxStale ? current : undefined;

  const fetchNow = async (): Promise<boolean> => {
    fetches += 1;
    const startedAt = clock();
    try {
      const keys = parseKeySet(await fetchKeySet());
      if (keys === undefined) throw new Error("The key set holds no key for RS256.");
      current = { keys: keepSame(keys, current?.keys), readAt: startedAt };
      lastFailure = Number.NEGATIVE_INFINITY;
      return true;
    } catch {
      failures += 1;
      lastFailure = clock();
      return false;
    }
  };
  const refresh = (): Promise<boolean> => {
    pending ??= fetchNow().finally(() => {
      pending = undefined;
    });
    return pending;
  };
  const isResting = (since: number): boolean => clock() - since < coolDown;

  return {
    find(kid) {
      const now = clock();
      const set = usable(now);
      if (set !== undefined && now - set.readAt > maxAge && !isResting(lastFailure)) void refresh();
      return set?.keys.get(kid);
    },

    async resolve(kid) {
      const search = async (): Promise<boolean> => {
        // A fetch that began earlier may have missed the key: its answer is awaited, and asked again if need be.
        if (pending !== undefined && (await pending) && usable()?.keys.has(kid)) return true;
        if (pending !== undefined) return pending;
        if (isResting(lastFailure)) return false;
        if (usable() === undefined) return refresh();
        if (isResting(lastSearch)) return true;
        lastSearch = clock();
        return refresh();
      };
      const known = usable()?.keys.get(kid);
      if (known !== undefined) return { kind: "key", key: known };
      const isRead = await search();
      const key = usable()?.keys.get(kid);
      if (key !== undefined) return { kind: "key", key };
      return { kind: isRead ? "unknown" : "unavailable" };
    },

    load: async () => usable() !== undefined || refresh(),

    get stats() {
      const age = current && clock() - current.readAt;
      return { fetches, failures, keys: current?.keys.size ?? 0, age };
    },
  };
}

/** A key that is in both sets stays the same object: by that it is told that what it has verified still holds. */
function keepSame(keys: Keys, before: Keys | undefined): Keys {
  return new Map(
    [...keys].map(([kid, key]) => {
      const known = before?.get(kid);
      return [kid, known?.equals(key) === true ? known : key];
    }),
  );
}
