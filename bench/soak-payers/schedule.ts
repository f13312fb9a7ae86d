import type { MovableClock } from "../../local/clock.ts";

/** What somebody does: each value is the milliseconds that pass before they go on. */
export type Life = AsyncGenerator<number, void, void>;

export interface Schedule {
  readonly now: () => number;
  /** Milliseconds from now. */
  after(milliseconds: number, work: () => Promise<void>): void;
  /** Lets somebody live, from now on. */
  live(life: Life): void;
  /** Until nothing is left to be done. */
  run(): Promise<void>;
}

/** One thing after the other, in the order of its time: whole weeks pass as fast as they can be worked off. */
export function createSchedule(clock: MovableClock): Schedule {
  const queue: { readonly at: number; readonly work: () => Promise<void> }[] = [];
  const after: Schedule["after"] = (milliseconds, work) => {
    const at = clock.now() + Math.max(0, milliseconds);
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      // The last one is next: what comes later stands before what comes earlier.
      if ((queue[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, { at, work });
  };
  const live = (life: Life): void => {
    const goOn = async (): Promise<void> => {
      const { done, value } = await life.next();
      if (!done) after(value, goOn);
    };
    after(0, goOn);
  };
  return {
    now: clock.now,
    after,
    live,
    async run() {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        clock.advance(next.at - clock.now());
        await next.work();
      }
    },
  };
}
