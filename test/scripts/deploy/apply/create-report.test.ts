import { describe, expect, test } from "@jest/globals";
import { createReport } from "../../../../scripts/deploy/apply/create-report.ts";
import type { Change } from "../../../../scripts/deploy/plan/change.ts";

const entry = (actionName: string) => ({ actionName, displayName: actionName, isOurs: true });
const flow = (name: string, before: readonly string[], after: readonly string[]): Change => ({
  operation: "reorder",
  type: "flow",
  name,
  fields: [],
  before,
  after: after.map(entry),
});
const PLANNED: readonly Change[] = [
  { operation: "create", type: "role", name: "editor", fields: [] },
  { operation: "update", type: "role", name: "viewer", id: "rol_1", fields: [], patch: {} },
  { operation: "create", type: "client", name: "editor", fields: [] },
  { operation: "delete", type: "log-stream", name: "Old", id: "Old", fields: [] },
  flow("post-login", [], ["A"]),
  flow("credentials-exchange", ["A", "B"], ["B", "A"]),
  flow("pre-user-registration", ["A"], ["B"]),
];

function tell(...done: readonly (readonly [Change["type"], string])[]): readonly string[] {
  const lines: string[] = [];
  const report = createReport(PLANNED, ({ text }) => lines.push(text));
  for (const [type, name] of done) report({ type, name });
  return lines;
}

describe("what a deploy says of what it has written", () => {
  test("has a line for each change of its plan, in the plan's words", () => {
    expect(tell(...PLANNED.map(({ type, name }) => [type, name] as const))).toEqual([
      "created role editor",
      "updated role viewer",
      "created client editor",
      "deleted log-stream Old",
      "bound flow post-login",
      "re-ordered flow credentials-exchange",
      "changed flow pre-user-registration",
    ]);
  });

  test("has one line for what is made and then given its permissions", () => {
    expect(tell(["role", "editor"], ["role", "viewer"], ["role", "editor"], ["role", "viewer"])).toEqual([
      "created role editor",
      "updated role viewer",
    ]);
  });
});
