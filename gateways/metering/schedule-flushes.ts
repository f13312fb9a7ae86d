import { describeFault } from "./errors.ts";

export interface FlushSchedule {
  stop(): void;
}

export interface FlushScheduleOptions {
  /** Resolves to what kept it from sending all. */
  readonly flush: () => Promise<string | undefined>;
  /** Milliseconds; 0: never. */
  readonly every: number;
  readonly log: (line: string) => void;
}

/** Milliseconds: the first pause after a failure, doubled with each further one, and the longest. */
const PAUSE = { first: 1_000, longest: 60_000 };

/** One flush after another, a fifth earlier or later by chance: Stripe takes one call at a time for a customer and meter. */
export function scheduleFlushes({ flush, every, log }: FlushScheduleOptions): FlushSchedule {
  let failures = 0;
  let isStopped = every === 0;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    try {
      failures = (await flush()) === undefined ? 0 : failures + 1;
    } catch (error) {
      failures += 1;
      log(`metering: the directory is at fault (${describeFault(error)}); it is tried again`);
    }
    schedule();
  };
  const schedule = (): void => {
    if (isStopped) return;
    const pause = failures === 0 ? every : Math.min(PAUSE.longest, PAUSE.first * 2 ** (failures - 1));
    timer = setTimeout(() => void run(), pause * (0.8 + Math.random() * 0.4));
    timer.unref();
  };
  schedule();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
