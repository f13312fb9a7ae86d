import { createKeyRests } from "./key-rests.ts";
import { type Known, known, UNKNOWN } from "./known.ts";
import type { Outage } from "./outage.ts";
import type { ReadPermit, ReadPurpose, ReadRation } from "./read-ration.ts";
import type { Begun } from "./sharing.ts";
import type { Reading } from "./source.ts";

export interface FetchOptions<T> {
  /** Rejects when the answer is not certain. */
  readonly read: (key: string) => Promise<Reading<T>>;
  /** Is told why it was rejected. */
  readonly onFailed: (error: unknown) => void;
  readonly ration: ReadRation;
  readonly outage: Outage;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly begin: () => Promise<Begun>;
  /** Is given what was read, unless something later is known by then. */
  readonly keep: (key: string, value: T, begun: Begun, purpose: ReadPurpose) => void;
}

/** Unknown where the read has failed or was overtaken. Never rejects. */
type Fetch<T> = Promise<Known<T>>;

/** Reads that are under way: one for all who ask at the same time. */
export interface Fetches<T> {
  has(key: string): boolean;
  /** One that is under way, or a new one; else why there is none. */
  open(key: string, purpose: ReadPurpose): Fetch<T> | "rationed" | "resting";
  /** To be told that the key is known from elsewhere, as of then: a read that began before does not count any more. */
  overtake(key: string, readAt: number): void;
}

interface Started<T> {
  readonly answer: Fetch<T>;
  readonly startedAt: number;
}

export function createFetches<T>(options: FetchOptions<T>): Fetches<T> {
  const { clock, ration, outage } = options;
  const underWay = new Map<string, Started<T>>();
  const rests = createKeyRests(clock);

  const start = (key: string, purpose: ReadPurpose, permit: ReadPermit) => {
    const startedAt = clock();
    const run = async (): Fetch<T> => {
      try {
        const begun = await options.begin();
        const { value, reads } = await options.read(key);
        permit.answered(reads);
        outage.answered();
        rests.end(key);
        if (underWay.get(key) !== started) return UNKNOWN;
        options.keep(key, value, begun, purpose);
        return known(value);
      } catch (error) {
        options.onFailed(error);
        permit.failed();
        outage.failed();
        rests.begin(key);
        return UNKNOWN;
      } finally {
        if (underWay.get(key) === started) underWay.delete(key);
      }
    };
    // The first step of `run` must find it in the table.
    const started: Started<T> = { answer: Promise.resolve().then(run), startedAt };
    underWay.set(key, started);
    return started.answer;
  };

  return {
    has: (key) => underWay.has(key),
    open(key, purpose) {
      const current = underWay.get(key);
      if (current !== undefined) return current.answer;
      if (!outage.mayTry() || rests.has(key)) return "resting";
      const permit = ration.permit(purpose);
      if (permit === undefined) return "rationed";
      outage.tried();
      return start(key, purpose, permit);
    },
    overtake(key, readAt) {
      const current = underWay.get(key);
      if (current !== undefined && current.startedAt <= readAt) underWay.delete(key);
      rests.end(key);
    },
  };
}
