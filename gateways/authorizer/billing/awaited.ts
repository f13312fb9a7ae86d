import { dropOldest } from "./entry-store.ts";

/** Keys that are about to pay. */
export interface Awaited {
  has(key: string): boolean;
  begin(key: string): void;
}

/** Milliseconds that somebody may take to pay: Stripe's own pages last a day, and nobody is asked about as often all day. */
const LASTS = 30 * 60_000;
const CAPACITY = 10_000;

/** @param clock milliseconds since the epoch */
export function createAwaited(clock: () => number): Awaited {
  const begun = new Map<string, number>();
  return {
    has: (key) => clock() - (begun.get(key) ?? Number.NEGATIVE_INFINITY) < LASTS,
    begin(key) {
      begun.delete(key);
      begun.set(key, clock());
      dropOldest(begun, CAPACITY);
    },
  };
}
