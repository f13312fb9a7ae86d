import { expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { chooseExitCode, describeFailed } from "../../../scripts/environments/outcome.ts";

test.each<[codes: (number | undefined)[], worst: number]>([
  [[], 0],
  [[0, 0], 0],
  [[0, 10, 0], 10],
  [[10, 2], 2],
  [[2, 10, 0, undefined], 2],
  [[2, 143], 143],
  [[143, 130, 0], 130],
  [[130, 1, 2], 1],
  [[1, 10, 130], 1],
  [[undefined], 0],
])("of the exit codes %j the worst is %i", (codes, worst) => {
  expect(chooseExitCode(codes)).toBe(worst);
});

test.each<[error: unknown, result: string, exitCode: number]>([
  [new CommandError("DEPLOY_ROLLED_BACK", "x"), "rolled back", 1],
  [new CommandError("DEPLOY_ROLLBACK_INCOMPLETE", "x"), "rollback incomplete", 1],
  [new CommandError("DEPLOY_INTERRUPTED", "x", { exitCode: 130 }), "interrupted, rolled back", 130],
  [new CommandError("DEPLOY_SCOPES_MISSING", "x", { exitCode: 2 }), "refused", 2],
  [new CommandError("PLAN_STALE", "x"), "failed", 1],
  [new Error("nobody foresaw it"), "failed", 1],
])("%s is %s", (error, result, exitCode) => {
  expect(describeFailed(error)).toMatchObject({ result, exitCode, failure: { exitCode } });
});
