import { dropOldest } from "./entry-store.ts";

/** Keys whose read has failed, and is not tried again for a while. */
export interface KeyRests {
  has(key: string): boolean;
  begin(key: string): void;
  end(key: string): void;
}

const FIRST_REST = 2_000;
const LONGEST_REST = 60_000;
const CAPACITY = 10_000;

/** @param clock milliseconds since the epoch */
export function createKeyRests(clock: () => number): KeyRests {
  const failed = new Map<string, { readonly at: number; readonly times: number }>();
  return {
    has(key) {
      const failure = failed.get(key);
      if (failure === undefined) return false;
      return clock() - failure.at < Math.min(FIRST_REST * 2 ** (failure.times - 1), LONGEST_REST);
    },
    begin(key) {
      const times = (failed.get(key)?.times ?? 0) + 1;
      failed.delete(key);
      failed.set(key, { at: clock(), times });
      dropOldest(failed, CAPACITY);
    },
    end: (key) => void failed.delete(key),
  };
}
