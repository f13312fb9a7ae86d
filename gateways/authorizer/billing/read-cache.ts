import type { ReadRation } from "./read-ration.ts";
import type { Reading } from "./source.ts";

export type Known<T> =
  | { readonly kind: "known"; readonly value: T }
  /** It could not be read, and nothing that may still be used is known from before. */
  | { readonly kind: "unknown" };

export interface ReadCacheOptions<T> {
  /** Rejects when the answer is not certain. */
  readonly read: (key: string) => Promise<Reading<T>>;
  /**
   * Milliseconds that a value is used without a question.
   *
   * @param repeats how often in a row `isEmpty` values were read
   */
  readonly freshFor: (value: T, repeats: number) => number;
  /** A value that one waits to see change: it is never used while a newer one is on its way. */
  readonly isEmpty: (value: T) => boolean;
  /** Milliseconds beyond fresh in which it is used while it is read anew. */
  readonly revalidateFor: number;
  /** Milliseconds after the reading in which it is used when it can not be read anew. */
  readonly staleFor: number;
  /** Milliseconds that a request waits for a read; the read itself goes on. */
  readonly patience: number;
  /** Entries; the least recently used go first. */
  readonly capacity: number;
  readonly ration: ReadRation;
  readonly clock: () => number;
  /** Milliseconds after a failed read in which none is tried for the same key. */
  readonly restAfterFailure: number;
}

export interface ReadCache<T> {
  get(key: string): Promise<Known<T>>;
  /**
   * To be called after a change: reads anew what is known, or being read; a read that is under way is not trusted to have
   * seen the change. What nobody has asked for is left to whoever asks.
   */
  refresh(key: string): Promise<Known<T>>;
}

interface Entry<T> {
  readonly value: T;
  readonly readAt: number;
  readonly repeats: number;
  /** Something has changed since: good for nothing but to fall back on. */
  isOutdated: boolean;
}

interface Flight<T> {
  readonly answer: Promise<Known<T>>;
}

/** Reads once for all who ask at the same time, keeps the answer, and says when it does not know. */
export function createReadCache<T>(options: ReadCacheOptions<T>): ReadCache<T> {
  const { clock, ration } = options;
  const entries = new Map<string, Entry<T>>();
  const flights = new Map<string, Flight<T>>();
  const failedAt = new Map<string, number>();

  const use = (key: string): Entry<T> | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  };
  const keep = (key: string, value: T, readAt: number): void => {
    const before = entries.get(key);
    const repeats = options.isEmpty(value) && before && options.isEmpty(before.value) ? before.repeats + 1 : 0;
    entries.delete(key);
    entries.set(key, { value, readAt, repeats, isOutdated: false });
    dropOldest(entries, options.capacity);
  };

  const fly = (key: string): Flight<T> => {
    const startedAt = clock();
    const land = async (): Promise<Known<T>> => {
      try {
        const { value, reads } = await options.read(key);
        ration.spend(reads);
        // A refresh has started another flight since: that one knows better.
        if (flights.get(key) === flight) {
          keep(key, value, startedAt);
          failedAt.delete(key);
        }
        return { kind: "known", value };
      } catch {
        ration.spend(1);
        failedAt.delete(key);
        failedAt.set(key, clock());
        dropOldest(failedAt, options.capacity);
        return { kind: "unknown" };
      } finally {
        if (flights.get(key) === flight) flights.delete(key);
      }
    };
    // The first step of `land` must find the flight in the table.
    const flight: Flight<T> = { answer: Promise.resolve().then(land) };
    flights.set(key, flight);
    return flight;
  };

  const mayRead = (key: string, purpose: "answer" | "refresh"): boolean =>
    ration.allows(purpose) && clock() - (failedAt.get(key) ?? Number.NEGATIVE_INFINITY) >= options.restAfterFailure;

  const lastKnown = (key: string): Known<T> => {
    const entry = use(key);
    return entry !== undefined && clock() - entry.readAt <= options.staleFor
      ? { kind: "known", value: entry.value }
      : { kind: "unknown" };
  };

  const wait = async (key: string, { answer }: Flight<T>): Promise<Known<T>> => {
    const known = await withPatience(answer, options.patience);
    return known?.kind === "known" ? known : lastKnown(key);
  };

  return {
    async get(key) {
      const entry = use(key);
      if (entry !== undefined && !entry.isOutdated) {
        const age = clock() - entry.readAt;
        const freshFor = options.freshFor(entry.value, entry.repeats);
        if (age < freshFor) return { kind: "known", value: entry.value };
        if (!options.isEmpty(entry.value) && age < freshFor + options.revalidateFor) {
          if (!flights.has(key) && mayRead(key, "refresh")) fly(key);
          return { kind: "known", value: entry.value };
        }
      }
      const flight = flights.get(key) ?? (mayRead(key, "answer") ? fly(key) : undefined);
      return flight === undefined ? lastKnown(key) : wait(key, flight);
    },

    async refresh(key) {
      const entry = entries.get(key);
      if (entry === undefined && !flights.has(key)) return { kind: "unknown" };
      if (entry !== undefined) entry.isOutdated = true;
      if (!ration.allows("answer")) return lastKnown(key);
      return wait(key, fly(key));
    },
  };
}

/** A Map keeps the order in which its keys were set. */
function dropOldest(map: Map<string, unknown>, capacity: number): void {
  for (const key of map.keys()) {
    if (map.size <= capacity) return;
    map.delete(key);
  }
}

function withPatience<T>(answer: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    void answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
