import { expect, test } from "@jest/globals";
import type { RecordSpec } from "../../../../scripts/deploy/kinds/record/record-kind.ts";
import { removeMembers, updateRecords } from "../../../../scripts/deploy/kinds/record/write-records.ts";
import type { Update } from "../../../../scripts/deploy/plan/change.ts";
import { createUndoLog } from "../../../../scripts/deploy/write/undo.ts";

const update = (change: Partial<Update>): Update => ({
  operation: "update",
  type: "role",
  name: "clerk",
  id: "rol_1",
  fields: [],
  patch: {},
  ...change,
});

/** What a change does to a role of a tenant that has `present` now, step by step. */
async function write(
  change: Update,
  { present = { description: "Old" }, limitPatch }: { present?: object; limitPatch?: RecordSpec["limitPatch"] } = {},
) {
  const steps: unknown[] = [];
  const spec = {
    type: "role",
    get: async (_: unknown, id: string) => ({ id, ...present }),
    patch: async (_: unknown, id: string, fields: object) => void steps.push(["patch", id, fields]),
    members: {
      add: async (_: Update, added: readonly unknown[]) => void steps.push(["add", ...added]),
      remove: async (_: Update, removed: readonly unknown[]) => void steps.push(["remove", ...removed]),
    },
    ...(limitPatch !== undefined && { limitPatch }),
  } as unknown as RecordSpec;
  const context = {
    management: undefined as never,
    undo: createUndoLog(() => {}),
    report: ({ name }: { name: string }) => void steps.push(["report", name]),
  } as unknown as Parameters<typeof updateRecords>[3];
  const record = { id: "rol_1", name: "clerk", fields: { description: "Old" } };
  await updateRecords(spec, [change], [record], context);
  steps.push("then");
  await removeMembers(spec, [change], context);
  return steps;
}

test.each<[string, Partial<Update>, readonly unknown[]]>([
  [
    "fields alone",
    { patch: { description: "New" } },
    [["patch", "rol_1", { description: "New" }], ["add"], ["report", "clerk"], "then"],
  ],
  [
    "members alone, without a PATCH that says nothing",
    { members: { add: ["get:x"], remove: [] } },
    [["add", "get:x"], ["report", "clerk"], "then", ["remove"], ["report", "clerk"]],
  ],
  [
    "members that go, only after everything that is added",
    { members: { add: [], remove: ["get:x"] } },
    ["then", ["remove", "get:x"], ["report", "clerk"]],
  ],
  [
    "both",
    { patch: { description: "New" }, members: { add: ["get:x"], remove: ["get:y"] } },
    [
      ["patch", "rol_1", { description: "New" }],
      ["add", "get:x"],
      ["report", "clerk"],
      "then",
      ["remove", "get:y"],
      ["report", "clerk"],
    ],
  ],
])("a change of a record writes %s", async (_, change, expected) => {
  expect(await write(update(change))).toEqual(expected);
});

test("as many members as fields are written, both", async () => {
  const steps = await write(update({ patch: { description: "New" }, members: { add: ["get:x"], remove: [] } }));
  expect(steps).toContainEqual(["add", "get:x"]);
});

test("what a kind leaves for the end of a deploy is not sent now", async () => {
  const change = update({ patch: { description: "New", scopes: [] } });
  const [first] = await write(change, { limitPatch: ({ patch }) => ({ description: patch.description }) });
  expect(first).toEqual(["patch", "rol_1", { description: "New" }]);
});

test("a record that somebody changed since the plan is not written over", async () => {
  await expect(
    write(update({ patch: { description: "New" } }), { present: { description: "Theirs" } }),
  ).rejects.toEqual(
    expect.objectContaining({
      code: "PLAN_STALE",
      message: "Somebody changed role clerk (description) since it was planned. Plan again when that is done.",
    }),
  );
});
