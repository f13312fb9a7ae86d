import type { Seen } from "../../faults/fault-proxy.ts";

/** The most refusals for the rate limit within one second. */
export function countRefusals(seen: readonly Seen[]): number {
  const times = seen.flatMap(({ answered }) => (answered?.status === 429 ? [answered.at] : []));
  return Math.max(0, ...times.map((time) => times.filter((other) => other >= time && other < time + 1_000).length));
}
