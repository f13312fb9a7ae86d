import { setTimeout as sleep } from "node:timers/promises";

/** Lets callers through one after the other, so many a second. */
export type Pace = () => Promise<void>;

/** Milliseconds by which a turn that was late may be made up for: a timer is late by a few, and each would cost a request. */
const CATCH_UP = 100;

/** @param clock milliseconds, monotonic */
export function createPace(
  perSecond: number,
  clock: () => number = () => performance.now(),
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Pace {
  const gap = 1000 / perSecond;
  let next = clock();
  return async () => {
    const now = clock();
    next = Math.max(next, now - CATCH_UP);
    const due = next;
    next += gap;
    if (due > now) await wait(due - now);
  };
}
