import type { Entry } from "./entry.ts";
import { type Capacity, createEntryStore } from "./entry-store.ts";
import type { Hearing } from "./hearing.ts";
import { createKeyRests } from "./key-rests.ts";
import { createLearner, type SharedForm } from "./learn.ts";
import type { Outage } from "./outage.ts";
import type { ReadPurpose, ReadRation } from "./read-ration.ts";
import { type Begun, NotShared } from "./sharing.ts";
import type { Reading } from "./source.ts";

export type Known<T> =
  | { readonly kind: "known"; readonly value: T }
  /** It could not be read, and nothing that may still be used is known from before. */
  | { readonly kind: "unknown" };

export interface ReadCacheOptions<T> {
  /** Rejects when the answer is not certain. */
  readonly read: (key: string) => Promise<Reading<T>>;
  /** Is told why it was rejected. */
  readonly onFailed: (error: unknown) => void;
  /** Whether it lets anybody through: it then is kept and used longer, and what does not pay cannot take its place. */
  readonly pays: (value: T) => boolean;
  readonly isSame: (one: T, other: T) => boolean;
  readonly times: ReadTimes;
  readonly hearing: Hearing;
  /** Undefined: this process goes by itself. */
  readonly shared: SharedForm<T> | undefined;
  readonly capacity: Capacity;
  readonly ration: ReadRation;
  readonly outage: Outage;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Milliseconds. */
export interface ReadTimes {
  /** In which what pays is used without a question; longer while reads run short, or changes are heard of. */
  readonly paid: number;
  /** Beyond that: in which it is used while it is read anew. */
  readonly revalidate: number;
  /** In which a no counts without a question; doubled each time it is found again, up to `longestUnpaid`. */
  readonly unpaid: number;
  readonly longestUnpaid: number;
  /** In which a value is used that Stripe does not give anew. */
  readonly stale: number;
  /** That a request waits for a read; the read itself goes on. */
  readonly timeout: number;
}

export interface ReadCache<T> {
  /** What pays and counts without a question, at once; undefined: it takes `get` to know. */
  find(key: string): T | undefined;
  /** @param isDoubted what is known refuses the request: it is looked at again as a no, however much else it pays for */
  get(key: string, isDoubted?: boolean): Promise<Known<T>>;
  peek(key: string): T | undefined;
  /**
   * To be given what was read elsewhere. It costs no read, and a read that began before is not trusted any more. A no that
   * nobody has asked for is not kept. Resolves when the other nodes can know it too.
   *
   * @throws {NotShared} REDIS_NOT_SHARED
   */
  take(key: string, value: T, begun: Begun): Promise<void>;
  begin(): Promise<Begun>;
  /** Keys that pay. */
  readonly paying: number;
}

interface Fetch<T> {
  readonly answer: Promise<Known<T>>;
  readonly startedAt: number;
}

const UNKNOWN = { kind: "unknown" } as const;

/** Reads once for all who ask at the same time, keeps the answer, and says when it does not know. */
export function createReadCache<T>(options: ReadCacheOptions<T>): ReadCache<T> {
  const { clock, ration, outage, hearing, pays, times } = options;
  const store = createEntryStore<Entry<T>>(options.capacity, ({ value }) => pays(value));
  const learner = createLearner(options.shared, store, clock);
  const fetches = new Map<string, Fetch<T>>();
  const rests = createKeyRests(clock);

  const lastKnown = (key: string): Known<T> => {
    const entry = store.peek(key);
    return entry !== undefined && clock() - entry.goodAt <= times.stale ? known(entry) : UNKNOWN;
  };
  const keep = (key: string, value: T, { readAt, ticket }: Begun, purpose: ReadPurpose): void => {
    const before = store.peek(key);
    const isAsBefore = before !== undefined && options.isSame(before.value, value);
    if (purpose === "paid" && before !== undefined && !isAsBefore && hearing.lasts() > 0) hearing.missed();
    const doubts = isAsBefore ? before.doubts + (purpose === "unpaid" ? 1 : 0) : 0;
    const entry = { value, readAt, doubts, ticket, goodAt: readAt, agreedAt: clock() };
    store.keep(key, entry);
    void learner.tell(key, entry, ticket);
  };

  /** One that is under way, or a new one; else why there is none. */
  const fetch = (key: string, purpose: ReadPurpose): Fetch<T> | "rationed" | "resting" => {
    const current = fetches.get(key);
    if (current !== undefined) return current;
    if (!outage.mayTry() || rests.has(key)) return "resting";
    const permit = ration.permit(purpose);
    if (permit === undefined) return "rationed";
    outage.tried();
    const startedAt = clock();
    const run = async (): Promise<Known<T>> => {
      try {
        const begun = await learner.begin();
        const { value, reads } = await options.read(key);
        permit.answered(reads);
        outage.answered();
        rests.end(key);
        // What was taken meanwhile was read later.
        if (fetches.get(key) !== started) return lastKnown(key);
        keep(key, value, begun, purpose);
        return { kind: "known", value };
      } catch (error) {
        options.onFailed(error);
        permit.failed();
        outage.failed();
        rests.begin(key);
        return UNKNOWN;
      } finally {
        if (fetches.get(key) === started) fetches.delete(key);
      }
    };
    // The first step of `run` must find it in the table.
    const started: Fetch<T> = { answer: Promise.resolve().then(run), startedAt };
    fetches.set(key, started);
    return started;
  };

  const wait = async (key: string, fetched: ReturnType<typeof fetch>): Promise<Known<T>> => {
    if (typeof fetched === "string") return lastKnown(key);
    const answer = await withTimeout(fetched.answer, times.timeout);
    return answer?.kind === "known" ? answer : lastKnown(key);
  };

  const getPaid = async (key: string, entry: Entry<T>, isLost: boolean): Promise<Known<T>> => {
    const age = clock() - entry.readAt;
    if (age < times.paid && !isLost) return known(entry);
    const freshFor = isLost ? 0 : Math.max(times.paid * ration.stretch("paid"), hearing.lasts());
    const fetched = age < freshFor ? "rationed" : fetch(key, "paid");
    if (fetched === "rationed") {
      entry.goodAt = clock();
      return known(entry);
    }
    const isBehind = typeof fetched === "object" && age < freshFor + times.revalidate && !isLost;
    return isBehind ? known(entry) : wait(key, fetched);
  };

  const getUnpaid = async (key: string, entry: Entry<T>): Promise<Known<T>> => {
    const doubled = times.unpaid * 2 ** entry.doubts;
    // Who asks for the first few times, having just paid perhaps, does not wait for those who ask all day.
    const freshFor = doubled < times.longestUnpaid ? doubled : times.longestUnpaid * ration.stretch("unpaid");
    return clock() - entry.readAt < freshFor ? known(entry) : wait(key, fetch(key, "unpaid"));
  };

  return {
    find(key) {
      const entry = store.peek(key);
      if (entry === undefined || !pays(entry.value) || !learner.isAgreed(entry)) return undefined;
      return clock() - entry.readAt < times.paid ? store.use(key)?.value : undefined;
    },
    async get(key, isDoubted = false) {
      // An await costs a turn of the event loop's queue, also on what is there already.
      const standing = options.shared === undefined ? "alone" : await learner.learn(key);
      const entry = store.use(key);
      if (entry === undefined) return wait(key, fetch(key, "first"));
      return isDoubted || !pays(entry.value) ? getUnpaid(key, entry) : getPaid(key, entry, standing === "lost");
    },
    peek: (key) => store.peek(key)?.value,
    async take(key, value, { readAt, ticket }) {
      const entry = store.peek(key);
      const current = fetches.get(key);
      const isOlder = entry !== undefined && entry.readAt > readAt;
      const isUnasked = entry === undefined && current === undefined && !pays(value);
      if (!isOlder && !isUnasked) {
        if (current !== undefined && current.startedAt <= readAt) fetches.delete(key);
        store.keep(key, { value, readAt, doubts: 0, ticket, goodAt: readAt, agreedAt: clock() });
        rests.end(key);
      }
      if (!(await learner.tell(key, { value, doubts: 0 }, ticket))) throw new NotShared();
    },
    begin: learner.begin,
    get paying() {
      return store.paying;
    },
  };
}

const known = <T>({ value }: Entry<T>): Known<T> => ({ kind: "known", value });

function withTimeout<T>(answer: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    void answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
