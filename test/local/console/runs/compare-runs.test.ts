import { expect, test } from "@jest/globals";
import { startTransaction } from "../../../../local/auth0/actions/api/transaction.ts";
import type { RunResult } from "../../../../local/auth0/actions/runtime/protocol.ts";
import { compareRuns } from "../../../../local/console/runs/compare-runs.ts";

/** A run from one time to another that left this in app_metadata. */
function ran([startedAt, endedAt]: readonly [string, string], value: unknown): RunResult {
  const transaction = startTransaction({} as never);
  transaction.appMetadata.set("asked", value);
  const runs = [
    { startedAt: Date.parse(startedAt), endedAt: Date.parse(startedAt) },
    { startedAt: Date.parse(endedAt), endedAt: Date.parse(endedAt) },
  ];
  return { id: 1, runs: runs as never, ending: { kind: "completed" }, transaction };
}
const THEN = ["2026-11-30T20:00:00.500Z", "2026-11-30T20:00:02.000Z"] as const;
const AGAIN = ["2026-11-30T20:05:00.000Z", "2026-11-30T20:05:00.100Z"] as const;
const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
const milliseconds = (time: string) => Date.parse(time);
const text = (time: string) => `at ${time}`;

test.each<[string, (time: string) => unknown]>([
  ["seconds", seconds],
  ["milliseconds", milliseconds],
  ["ISO 8601", (time) => ({ at: time })],
  ["ISO 8601 without a fraction", (time) => time.replace(/\.\d+Z$/, "Z")],
  ["a part of a text", text],
])("the time of each, in %s, is the same", (_form, write) => {
  expect(compareRuns(ran(THEN, write(THEN[0])), ran(AGAIN, write(AGAIN[0])))).toEqual([]);
  expect(compareRuns(ran(THEN, write(THEN[1])), ran(AGAIN, write(AGAIN[1])))).toEqual([]);
});

test.each<[string, unknown, unknown]>([
  ["another time than the run's", seconds(THEN[0]) + 60, seconds(AGAIN[0]) + 120],
  ["a time before the run", seconds(THEN[0]) - 1, seconds(AGAIN[0])],
  ["a time and none", milliseconds(THEN[0]), null],
  ["a time of the other run", seconds(AGAIN[0]), seconds(THEN[0])],
  ["what stands beside the time", { at: seconds(THEN[0]), plan: "silver" }, { at: seconds(AGAIN[0]), plan: "gold" }],
  ["a number that is longer", `1${milliseconds(THEN[0])}`, `1${milliseconds(AGAIN[0])}`],
])("%s is a difference", (_what, before, after) => {
  expect(compareRuns(ran(THEN, before), ran(AGAIN, after))).toEqual([
    { name: "app_metadata asked", before: JSON.stringify(before), after: JSON.stringify(after) },
  ]);
});

test("a run in which no Action ended has no time", () => {
  const lost = { ...ran(THEN, seconds(THEN[0])), runs: [] };
  expect(compareRuns(lost, { ...ran(AGAIN, seconds(AGAIN[0])), runs: [] })).toHaveLength(1);
});
