import type { RunResult } from "../../auth0/actions/runtime/protocol.ts";
import { compareOutlines, type Difference, outlineRun } from "./outline-run.ts";

/** What two runs of one event differ in, apart from the times at which they ran. */
export const compareRuns = (before: RunResult, after: RunResult): readonly Difference[] =>
  compareOutlines(outlineRun(before), outlineRun(after)).filter(
    ({ before: one, after: other }) =>
      one === undefined || other === undefined || withoutOwnTimes(one, before) !== withoutOwnTimes(other, after),
  );

/** As programs write them: seconds or milliseconds since the epoch, ISO 8601 in UTC. */
const TIMES = /\b\d{10}(?:\d{3})?\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Milliseconds: what a time without them is behind. */
const LEFT_OUT = 1000;

function withoutOwnTimes(value: string, { runs }: RunResult): string {
  const [began = Number.NaN, ended = Number.NaN] = [runs[0]?.startedAt, runs.at(-1)?.endedAt];
  return value.replace(TIMES, (time) => {
    const at = readTime(time);
    return at > began - LEFT_OUT && at <= ended ? "then" : time;
  });
}

function readTime(time: string): number {
  if (time.includes("T")) return Date.parse(time);
  return time.length === 10 ? Number(time) * 1000 : Number(time);
}
