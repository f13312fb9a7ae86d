import type { ActionFailure } from "../outcome.ts";
import type { ActionSource, RunResult } from "../runtime/protocol.ts";

/** The text with each place in the Action's code (`greet.js:12:5`) as who reads it knows it. */
export type MapPlaces = (action: Pick<ActionSource, "actionName" | "code">, text: string) => string;

/** What went wrong, told by the places of `mapPlaces`. */
export function mapFailures(result: RunResult, sources: readonly ActionSource[], mapPlaces: MapPlaces): RunResult {
  const { ending, runs } = result;
  if (ending.kind !== "failed") return result;
  const source = sources.find(({ versionId }) => versionId === runs.at(-1)?.versionId);
  if (source === undefined) return result;
  const map = (error: ActionFailure): ActionFailure => ({
    ...error,
    ...(error.place !== undefined && { place: mapPlaces(source, error.place) }),
    ...(error.stack !== undefined && { stack: mapPlaces(source, error.stack) }),
  });
  return {
    ...result,
    ending: { ...ending, error: map(ending.error) },
    runs: runs.map((run) => (run.error === undefined ? run : { ...run, error: map(run.error) })),
  };
}
