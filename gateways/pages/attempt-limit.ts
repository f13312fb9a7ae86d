export interface AttemptLimitOptions {
  /** Attempts in any `every`. */
  readonly most: number;
  /** Milliseconds. */
  readonly every: number;
  /** Milliseconds, for durations. */
  readonly clock: () => number;
}

export interface AttemptLimit {
  /** Counts an attempt. @returns whether it may go on */
  take(who: string): boolean;
}

/** People who are remembered: who was forgotten starts anew. */
const CAPACITY = 10_000;

/** How often one person may do something, in this process. */
export function createAttemptLimit({ most, every, clock }: AttemptLimitOptions): AttemptLimit {
  const attempts = new Map<string, readonly number[]>();
  return {
    take(who) {
      const now = clock();
      const recent = (attempts.get(who) ?? []).filter((at) => now - at < every);
      const mayGoOn = recent.length < most;
      // Moves to the end: the first is the one that was seen longest ago.
      attempts.delete(who);
      attempts.set(who, mayGoOn ? [...recent, now] : recent);
      const [oldest] = attempts.keys();
      if (attempts.size > CAPACITY && oldest !== undefined) attempts.delete(oldest);
      return mayGoOn;
    },
  };
}
