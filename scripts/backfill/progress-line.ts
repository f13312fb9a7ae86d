import { clearLine, cursorTo } from "node:readline";

export interface ProgressLine {
  show(done: number): void;
  end(): void;
}

/** Milliseconds between two looks. */
const EVERY = 200;

/** One line on a terminal that is written again and again, with rate and time left; nothing in a log or a pipe. */
export function createProgressLine(
  stream: NodeJS.WriteStream,
  { total, from }: { total: number; from: number },
  clock: () => number = () => performance.now(),
): ProgressLine {
  if (!stream.isTTY) return { show() {}, end() {} };
  const start = clock();
  let shown = -EVERY;
  const clear = (): void => {
    clearLine(stream, 0);
    cursorTo(stream, 0);
  };
  return {
    show(done) {
      const elapsed = clock() - start;
      if (elapsed - shown < EVERY) return;
      shown = elapsed;
      clear();
      stream.write(renderProgress({ done, total, perSecond: ((done - from) * 1000) / Math.max(elapsed, 1) }));
    },
    end: clear,
  };
}

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
}

export function renderProgress({ done, total, perSecond }: Progress): string {
  const count = (value: number): string => value.toLocaleString("en");
  const parts = [`${count(done)} of ${count(total)} users`, `${perSecond.toFixed(1)}/s`];
  if (perSecond > 0) parts.push(`${renderDuration((total - done) / perSecond)} left`);
  return parts.join(", ");
}

/** @param seconds 3725 is `1 h 2 min` */
export function renderDuration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
