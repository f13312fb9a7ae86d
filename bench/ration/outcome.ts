export interface Size {
  readonly payers: number;
  /** Accounts that pay nothing and ask at every step. */
  readonly freeAccounts: number;
  readonly days: number;
}

export interface Outcome {
  readonly requests: number;
  /** Requests that were not let through though the customer had paid, those of newcomers left out. */
  readonly refusedPayers: number;
  /** Requests of accounts that pay nothing that were let through. */
  readonly freeRides: number;
  /** Minutes that the last of the newcomers asked in vain after paying. */
  readonly longestWait: number;
  /** Hours that the last of those who left was still let through. */
  readonly longestRide: number;
  readonly reads: number;
  /** In any 30 days. */
  readonly mostReads: number;
  /** By Stripe's rule, for those who paid all the time. */
  readonly allowedReads: number;
}

/** @param readsOn by the day of the simulation */
export function countReads(readsOn: readonly number[]): Pick<Outcome, "reads" | "mostReads"> {
  const sums = readsOn.map((_reads, first) => sum(readsOn.slice(first, first + 30)));
  return { reads: sum(readsOn), mostReads: Math.max(...sums) };
}

/** @param payers who paid all the time */
export const countAllowedReads = (payers: number): number => Math.max(10_000, 500 * payers);

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
