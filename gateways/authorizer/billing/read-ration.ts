/**
 * Stripe rations reads: over 30 days an account may make 500 for each of its transactions, and 10,000 in any case
 * (docs.stripe.com/rate-limits). One process may not use them all up in an hour because somebody tries many customers.
 */
export interface ReadRation {
  /** Whether a read may be made: one that a request waits for, or one that only refreshes what is known. */
  allows(purpose: "answer" | "refresh"): boolean;
  spend(reads: number): void;
  /** 1 with all that can be saved up; 2 with half of it, and so on: how much longer what is known has to do. */
  readonly scarcity: number;
  /** Reads left right now. */
  readonly left: number;
  readonly spent: number;
}

const MONTH = 30 * 24 * 60 * 60_000;

/**
 * Half of the month's reads may be made at once, the other half comes back evenly over 30 days: so there are never more than
 * the month's in any 30 days. The last fifth of what can be saved up is kept for requests that would else wait in vain.
 *
 * @param clock milliseconds since the epoch
 */
export function createReadRation(readsPerMonth: number, clock: () => number): ReadRation {
  const capacity = readsPerMonth / 2;
  let left = capacity;
  let spent = 0;
  let countedAt = clock();

  const refill = (): number => {
    const now = clock();
    left = Math.min(capacity, left + (Math.max(0, now - countedAt) / MONTH) * capacity);
    countedAt = now;
    return left;
  };

  return {
    allows: (purpose) => refill() >= (purpose === "answer" ? 1 : capacity / 5),
    spend(reads) {
      refill();
      left -= reads;
      spent += reads;
    },
    get scarcity() {
      return capacity / Math.max(1, refill());
    },
    get left() {
      return Math.max(0, Math.floor(refill()));
    },
    get spent() {
      return spent;
    },
  };
}
