import type { Clock } from "../clock.ts";

let counter = 0;

/** Milliseconds, as almost every record has them: `2026-08-10T13:55:04.937Z`. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * Nanoseconds, as Actions, their versions and bindings have them: `2026-08-10T13:55:04.937881440Z`. What lies below the
 * clock's milliseconds counts up, so that records of one millisecond still sort in the order in which they were made.
 */
export function nanoTime(clock: Clock, aheadMilliseconds = 0): string {
  return fractional(clock() + aheadMilliseconds, 6);
}

/** Microseconds, as Actions Modules have them. */
export function microTime(clock: Clock): string {
  return fractional(clock(), 3);
}

function fractional(milliseconds: number, digits: number): string {
  counter = (counter + 1) % 10 ** digits;
  return isoTime(milliseconds).replace("Z", `${String(counter).padStart(digits, "0")}Z`);
}
