/**
 * Whether Stripe answers at all. While nothing comes back, one read at a time finds out whether it does again: not one for
 * each customer who asks meanwhile.
 */
export interface Outage {
  mayTry(): boolean;
  tried(): void;
  answered(): void;
  failed(): void;
}

/** Failures in a row that are neither chance nor one customer's own. */
const FAILURES = 10;
const FIRST_REST = 1_000;
const LONGEST_REST = 30_000;

/** @param clock milliseconds since the epoch */
export function createOutage(clock: () => number): Outage {
  let failures = 0;
  let triedAt = Number.NEGATIVE_INFINITY;
  return {
    mayTry() {
      if (failures < FAILURES) return true;
      return clock() - triedAt >= Math.min(FIRST_REST * 2 ** (failures - FAILURES), LONGEST_REST);
    },
    tried() {
      triedAt = clock();
    },
    answered() {
      failures = 0;
    },
    failed() {
      failures += 1;
    },
  };
}
