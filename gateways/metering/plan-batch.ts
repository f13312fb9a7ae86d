import type { Count } from "./count.ts";
import type { SegmentId } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";

/**
 * The meter events of a segment: one for each customer and meter. The same segment always gives the same events with the same
 * identifiers, so making a batch again after a crash changes nothing.
 */
export function planBatch(segment: SegmentId, counts: readonly Count[]): readonly MeterEvent[] {
  const sums = new Map<string, Count>();
  for (const count of counts) {
    const key = JSON.stringify([count.customer, count.meter]);
    const before = sums.get(key);
    sums.set(key, {
      ...count,
      value: count.value + (before?.value ?? 0),
      at: Math.max(count.at, before?.at ?? 0),
    });
  }
  return [...sums.values()].map(({ customer, meter, value, at }, index) => ({
    identifier: `gw:${segment}:${index}`,
    customer,
    meter,
    value,
    timestamp: at,
  }));
}
