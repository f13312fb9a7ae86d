export interface Interval {
  readonly interval: string;
  readonly interval_count: number;
}

const DAY = 24 * 60 * 60;

/**
 * The instant `count` intervals after `from`, in seconds since the epoch. A month without that day ends it on its last one
 * (Stripe docs, "Billing cycle").
 */
export function addIntervals(from: number, { interval, interval_count: each }: Interval, count: number): number {
  const steps = each * count;
  if (interval === "day") return from + steps * DAY;
  if (interval === "week") return from + steps * 7 * DAY;
  const start = new Date(from * 1000);
  const months = interval === "year" ? steps * 12 : steps;
  const moved = new Date(start);
  moved.setUTCDate(1);
  moved.setUTCMonth(start.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return Math.floor(moved.getTime() / 1000);
}
