const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

/** Who pays when the simulation begins. Times are milliseconds since then. */
export interface Regular {
  readonly customer: string;
  readonly leavesAt: number;
  comesAt(time: number): boolean;
  renewsAt(time: number): boolean;
}

/** One in four comes every hour, two every six hours, one daily; one in a hundred leaves. */
export function createRegular(index: number, step: number, end: number): Regular {
  const every = [HOUR, 6 * HOUR, 6 * HOUR, DAY][index % 4] ?? DAY;
  const phase = (Math.floor(index / 4) * step) % every;
  const leavesAt = index % 100 === 99 ? Math.floor(end / 3 / step + (index % 500)) * step : Number.POSITIVE_INFINITY;
  const renewal = (index * step) % MONTH;
  return {
    customer: `cus_${index}`,
    leavesAt,
    comesAt: (time) => time % every === phase,
    renewsAt: (time) => time % MONTH === renewal,
  };
}

/** Who asks first, pays then, and goes on asking. */
export function createNewcomer(index: number, step: number, end: number) {
  return { customer: `cus_new${index}`, paysAt: (Math.floor(end / 4 / step) + (index % 500)) * step };
}
