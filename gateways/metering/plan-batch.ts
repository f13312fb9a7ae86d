import type { Count } from "./count.ts";
import type { SegmentId } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";

/** What a segment comes to, by customer and meter. */
export type Sums = Map<string, Count>;

export function addCounts(sums: Sums, counts: readonly Count[]): void {
  for (const count of counts) {
    const key = JSON.stringify([count.customer, count.meter]);
    const before = sums.get(key);
    sums.set(key, {
      ...count,
      value: count.value + (before?.value ?? 0),
      at: Math.max(count.at, before?.at ?? 0),
    });
  }
}

/**
 * The meter events of a segment: one for each customer and meter. The same segment always gives the same events with the same
 * identifiers, so making a batch again after a crash changes nothing. What a clock that was ahead has counted is as of now:
 * Stripe takes nothing from the future.
 *
 * @param now seconds since the epoch
 */
export function planBatch(segment: SegmentId, sums: Sums, now: number): readonly MeterEvent[] {
  return [...sums.values()].map(({ customer, meter, value, at }, index) => ({
    identifier: identifierOf(segment, index),
    customer,
    meter,
    value,
    timestamp: Math.min(at, now),
  }));
}

/** Undefined for what `identifierOf` has not made. */
export const segmentOf = (identifier: string): SegmentId | undefined =>
  /^gw:([0-9a-z]+-[0-9a-f]{16}-\d+):\d+$/.exec(identifier)?.[1];

export const identifierOf = (segment: SegmentId, index: number): string => `gw:${segment}:${index}`;
