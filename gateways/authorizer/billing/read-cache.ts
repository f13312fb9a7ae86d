import { createAwaited } from "./awaited.ts";
import type { Entry } from "./entry.ts";
import { type Capacity, createEntryStore } from "./entry-store.ts";
import { createFetches, type FetchOptions } from "./fetches.ts";
import type { Hearing } from "./hearing.ts";
import { type Known, known, UNKNOWN } from "./known.ts";
import { createLearner, type SharedForm } from "./learn.ts";
import type { ReadPurpose } from "./read-ration.ts";
import type { ReadTimes } from "./read-times.ts";
import { type Begun, NotShared } from "./sharing.ts";
import { withTimeout } from "./with-timeout.ts";

export interface ReadCacheOptions<T> extends Omit<FetchOptions<T>, "begin" | "keep"> {
  /** Whether it lets anybody through: it then is kept and used longer, and what does not pay cannot take its place. */
  readonly pays: (value: T) => boolean;
  readonly isSame: (one: T, other: T) => boolean;
  readonly times: ReadTimes;
  readonly hearing: Hearing;
  /** Undefined: this process goes by itself. */
  readonly shared: SharedForm<T> | undefined;
  readonly capacity: Capacity;
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
  /**
   * To be told how what is known of a key has changed, as `take` is told all of it. Where nothing is known, nothing is done: it
   * will be read.
   *
   * @throws {NotShared} REDIS_NOT_SHARED
   */
  change(key: string, change: (value: T) => T, begun: Begun): Promise<void>;
  /** To be told that it is about to pay: for half an hour a no is looked at again as soon as at first. */
  awaitPaying(key: string): void;
  begin(): Promise<Begun>;
  /** Keys that pay. */
  readonly paying: number;
}

/** Reads once for all who ask at the same time, keeps the answer, and says when it does not know. */
export function createReadCache<T>(options: ReadCacheOptions<T>): ReadCache<T> {
  const { clock, ration, hearing, pays, times } = options;
  const store = createEntryStore<Entry<T>>(options.capacity, ({ value }) => pays(value));
  const learner = createLearner(options.shared, store, clock);
  const awaited = createAwaited(clock);

  const lastKnown = (key: string): Known<T> => {
    const entry = store.peek(key);
    return entry !== undefined && clock() - entry.goodAt <= times.stale ? known(entry.value) : UNKNOWN;
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

  const fetches = createFetches<T>({ ...options, begin: learner.begin, keep });

  const wait = async (key: string, fetched: ReturnType<typeof fetches.open>): Promise<Known<T>> => {
    if (typeof fetched === "string") return lastKnown(key);
    const answer = await withTimeout(fetched, times.timeout);
    return answer?.kind === "known" ? answer : lastKnown(key);
  };

  const getPaid = async (key: string, entry: Entry<T>, isLost: boolean): Promise<Known<T>> => {
    const age = clock() - entry.readAt;
    if (age < times.paid && !isLost) return known(entry.value);
    const freshFor = isLost ? 0 : Math.max(times.paid * ration.stretch("paid"), hearing.lasts());
    const fetched = age < freshFor ? "rationed" : fetches.open(key, "paid");
    if (fetched === "rationed") {
      entry.goodAt = clock();
      return known(entry.value);
    }
    const isBehind = typeof fetched !== "string" && age < freshFor + times.revalidate && !isLost;
    return isBehind ? known(entry.value) : wait(key, fetched);
  };

  const getUnpaid = async (key: string, entry: Entry<T>): Promise<Known<T>> => {
    const doubled = times.unpaid * (awaited.has(key) ? 1 : 2 ** entry.doubts);
    // Who asks for the first few times, having just paid perhaps, does not wait for those who ask all day.
    const freshFor = doubled < times.longestUnpaid ? doubled : times.longestUnpaid * ration.stretch("unpaid");
    return clock() - entry.readAt < freshFor ? known(entry.value) : wait(key, fetches.open(key, "unpaid"));
  };

  const take: ReadCache<T>["take"] = async (key, value, { readAt, ticket }) => {
    const entry = store.peek(key);
    const isOlder = entry !== undefined && entry.readAt > readAt;
    const isUnasked = entry === undefined && !fetches.has(key) && !pays(value);
    if (!isOlder && !isUnasked) {
      fetches.overtake(key, readAt);
      store.keep(key, { value, readAt, doubts: 0, ticket, goodAt: readAt, agreedAt: clock() });
    }
    if (!(await learner.tell(key, { value, doubts: 0 }, ticket))) throw new NotShared();
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
      if (entry === undefined) return wait(key, fetches.open(key, "first"));
      return isDoubted || !pays(entry.value) ? getUnpaid(key, entry) : getPaid(key, entry, standing === "lost");
    },
    peek: (key) => store.peek(key)?.value,
    take,
    async change(key, change, begun) {
      await learner.learn(key);
      const known = store.peek(key)?.value;
      if (known === undefined) return;
      const changed = change(known);
      if (!options.isSame(known, changed)) await take(key, changed, begun);
    },
    awaitPaying: awaited.begin,
    begin: learner.begin,
    get paying() {
      return store.paying;
    },
  };
}
