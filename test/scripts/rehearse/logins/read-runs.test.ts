import { expect, test } from "@jest/globals";
import type { ActionExecution } from "../../../../local/auth0/state/action.ts";
import { readRuns } from "../../../../scripts/rehearse/logins/read-runs.ts";

const entry = (...results: readonly (readonly [string, string])[]) => ({
  details: {
    actions: {
      executions: ["one"],
      results: results.map(([action_name, effect]) => ({ action_name, effect, duration_ms: 1.25 })),
    },
  },
});
const execution = (...names: readonly string[]) => ({
  get: (id: string) =>
    id === "one"
      ? ({
          results: names.map((action_name) => ({
            action_name,
            started_at: "2026-11-20T12:00:00.000Z",
            ended_at: "2026-11-20T12:00:00.007Z",
          })),
        } as unknown as ActionExecution)
      : undefined,
});

test("each Action of the newest entry that has any, with what it did and how long it took", () => {
  const entries = [entry(["old", "none"]), entry(["first", "none"], ["second", "denied"]), { details: null }];
  expect(readRuns(entries, execution("first", "second"))).toEqual([
    { name: "first", milliseconds: 1.25, effect: "passed" },
    { name: "second", milliseconds: 1.25, effect: "denied" },
  ]);
});

test("what ran before a redirect comes from the execution, and the last of it sent the browser away", () => {
  const runs = readRuns(
    [entry(["second", "changed"], ["third", "none"])],
    execution("first", "second", "second", "third"),
  );
  expect(runs.map(({ name, milliseconds, effect }) => [name, milliseconds, effect])).toEqual([
    ["first", 7, "passed"],
    ["second", 7, "redirected"],
    ["second", 1.25, "changed"],
    ["third", 1.25, "passed"],
  ]);
});

test("an effect that is not known counts as a failure, not as nothing", () => {
  expect(readRuns([entry(["first", "exploded"])], execution("first"))[0]?.effect).toBe("failed");
});

test("without an entry about Actions none ran", () => {
  expect(readRuns([{ details: {} }, { details: { actions: "?" } }], execution())).toEqual([]);
});
