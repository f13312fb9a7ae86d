/**
 * Stripe rations reads: over 30 days an account may make 500 for each of its transactions, and 10,000 in any case
 * (docs.stripe.com/rate-limits). A ration keeps one process within that, and keeps what payers need apart from what anybody
 * can ask for who pays nothing.
 */
export interface ReadRation {
  /** Undefined when the read has to wait: there is nothing left for its purpose. */
  permit(purpose: ReadPurpose): ReadPermit | undefined;
  /** To be told of reads that were made for an event: they are counted, and take nothing from what requests need. */
  count(reads: number): void;
  /** How many times longer than usual to go by what is known: once while there is plenty, twice with half of that, and so on. */
  stretch(purpose: "paid" | "unpaid"): number;
  /**
   * Where several processes keep one ration together: tells what was read here, and is told what is left, of which this process
   * takes its share. Until it is told again, and while nobody answers, it goes by that share.
   */
  settle(exchange: (report: RationReport) => Promise<RationLeft | undefined>): Promise<void>;
  /** Whether anything was read that is not settled. */
  readonly isUnsettled: boolean;
  /** Reads left right now. */
  readonly left: number;
  /** Since the start. */
  readonly spent: number;
}

export type ReadPurpose =
  /** Nothing is known of who asks, who may have paid: a request would be answered 503 without it. */
  | "first"
  /** It was paid for when last read, and goes on counting as paid until it is read again. */
  | "paid"
  /** It was not: whoever pays nothing can ask as often as they like. */
  | "unpaid";

/** For one reading. It may take more than one read, as a list has pages. */
export interface ReadPermit {
  answered(reads: number): void;
  failed(): void;
}

/** Reads, of payers and of those who pay nothing. */
interface Pools {
  readonly payers: number;
  readonly others: number;
}

export interface RationReport {
  /** Here, since the last time. */
  readonly spent: Pools;
  /** What would be left for all processes together, if this one knew of all that was spent. */
  readonly left: Pools;
  /** Customers that are known here to pay. */
  readonly knownPayers: number;
  /** For all processes together. */
  readonly readsPerMonth: number | undefined;
}

/** For all processes together. */
export interface RationLeft extends Pools {
  /** The most payers that any of them knows. */
  readonly knownPayers: number;
}

export interface ReadRationOptions {
  /** Reads in any 30 days. Undefined: as Stripe's rule has it for as many payers as are known. */
  readonly readsPerMonth: number | undefined;
  /** Processes that share what the rule gives. */
  readonly processes: number;
  /** Customers that are known to pay: each is a transaction in 30 days. */
  readonly countPayers: () => number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Called when a read has to wait, with its purpose. */
  readonly onShort: (purpose: ReadPurpose) => void;
}

const MONTH = 30 * 24 * 60 * 60_000;
/** Of a month's reads, what those who pay nothing can use up. */
const UNPAID_SHARE = 1 / 5;
/** What the reads of an account come to. */
export const RATION_RULE = { perPayer: 500, atLeast: 10_000, unpaidShare: UNPAID_SHARE, month: MONTH } as const;
/** Of what the others have, what only first readings may use. */
const RESERVE = 1 / 5;
/** Of what can be saved up, what is plenty. */
const PLENTY = 9 / 10;

/** Half of a month's reads can be saved up, the other half comes back over 30 days: so never more than the month's in any 30. */
interface Pool {
  readonly share: number;
  capacity: number;
  left: number;
  /** What the other processes have not been told of. */
  unsettled: number;
}

export function createReadRation(options: ReadRationOptions): ReadRation {
  const { readsPerMonth, processes, countPayers, clock, onShort } = options;
  const payers: Pool = { share: 1 - UNPAID_SHARE, capacity: 0, left: 0, unsettled: 0 };
  const others: Pool = { share: UNPAID_SHARE, capacity: 0, left: 0, unsettled: 0 };
  let peak = 0;
  let spent = 0;
  let countedAt = clock();

  const readAllowance = (elapsed: number): number => {
    // Who has ceased to pay was a transaction within 30 days all the same.
    peak = Math.max(countPayers(), peak * Math.exp(-elapsed / MONTH));
    return readsPerMonth ?? Math.max(RATION_RULE.atLeast, RATION_RULE.perPayer * peak) / processes;
  };
  const refill = (): void => {
    const now = clock();
    const elapsed = Math.max(0, now - countedAt);
    const allowance = readAllowance(elapsed);
    for (const pool of [payers, others]) {
      const capacity = (allowance / 2) * pool.share;
      const grown = Math.max(0, capacity - pool.capacity);
      pool.left = Math.min(capacity, pool.left + grown + (elapsed / MONTH) * capacity);
      pool.capacity = capacity;
    }
    countedAt = now;
  };
  const spend = (pool: Pool, reads: number): void => {
    pool.left -= reads;
    pool.unsettled += reads;
  };
  const findPool = (purpose: ReadPurpose): Pool | undefined => {
    if (purpose === "unpaid") return others.left >= 1 ? others : undefined;
    if (payers.left >= (purpose === "paid" ? Math.max(1, payers.capacity * RESERVE) : 1)) return payers;
    return purpose === "first" && others.left >= 1 ? others : undefined;
  };

  return {
    permit(purpose) {
      refill();
      const pool = findPool(purpose);
      if (pool === undefined) {
        onShort(purpose);
        return undefined;
      }
      spend(pool, 1);
      spent += 1;
      return {
        answered(reads) {
          spend(pool, reads - 1);
          spent += reads - 1;
        },
        failed() {
          // An outage of Stripe must not use up what payers need after it.
          spend(pool, -1);
          spend(others, Math.min(1, Math.max(0, others.left - others.capacity / 2)));
        },
      };
    },
    count(reads) {
      spent += reads;
    },
    async settle(exchange) {
      refill();
      const told = { payers: payers.unsettled, others: others.unsettled };
      const left = await exchange({
        spent: told,
        left: {
          payers: (payers.left + told.payers) * processes,
          others: (others.left + told.others) * processes,
        },
        knownPayers: countPayers(),
        readsPerMonth: readsPerMonth === undefined ? undefined : readsPerMonth * processes,
      });
      if (left === undefined) return;
      peak = Math.max(peak, left.knownPayers);
      refill();
      for (const [pool, name] of [
        [payers, "payers"],
        [others, "others"],
      ] as const) {
        pool.unsettled -= told[name];
        pool.left = left[name] / processes - pool.unsettled;
      }
    },
    get isUnsettled() {
      return payers.unsettled !== 0 || others.unsettled !== 0;
    },
    stretch(purpose) {
      refill();
      const { capacity, left } = purpose === "paid" ? payers : others;
      return Math.max(1, (capacity * PLENTY) / Math.max(1, left));
    },
    get left() {
      refill();
      return Math.max(0, Math.floor(payers.left)) + Math.max(0, Math.floor(others.left));
    },
    get spent() {
      return spent;
    },
  };
}
