import { createStatusLine } from "../terminal/status-line.ts";

export interface ProgressLine {
  show(done: number): void;
  end(): void;
}

/** A status line with rate and time left. */
export function createProgressLine(
  stream: NodeJS.WriteStream,
  { total, from }: { total: number; from: number },
  clock: () => number = () => performance.now(),
): ProgressLine {
  const line = createStatusLine(stream, clock);
  const start = clock();
  return {
    show(done) {
      line.show(() => {
        const seconds = Math.max(clock() - start, 1) / 1000;
        return renderProgress({ done, total, perSecond: (done - from) / seconds });
      });
    },
    end: line.end,
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
