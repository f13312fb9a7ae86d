import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Management } from "auth0";
import { isDocumented, RUN_TRIGGERS } from "../../../../local/auth0/actions/handler.ts";
import { isEntityBound } from "../../../../local/auth0/management/actions/trigger-table.ts";

const root = join(import.meta.dirname, "../../../..");
const page = readFileSync(join(root, "docs/local-tenant.md"), "utf8");
const { paths } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;

/** Cells by the trigger of their row. */
const rows = new Map(
  [...page.matchAll(/^\| `([a-z-]+)` \| (v\d|-) \| (yes|-) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, id = "", ...cells]) => [id, cells] as const,
  ),
);

test("the page has a row for every trigger of Auth0's SDK", () => {
  expect([...rows.keys()].sort()).toEqual(Object.values(Management.ActionTriggerTypeEnum).sort());
});

test.each(Object.values(Management.ActionTriggerTypeEnum))("the page is right about %s", (id) => {
  const [types, checked, bound, runs] = rows.get(id) ?? [];
  const typed = Object.keys(paths).flatMap((path) => new RegExp(`^@auth0/actions/${id}/(v\\d)$`).exec(path)?.[1] ?? []);
  expect(types).toBe(typed[0] ?? "-");
  expect(checked).toBe(isDocumented(id) ? "yes" : "-");
  expect(bound === "in its flow").toBe(!isEntityBound(id));
  expect(runs !== "no").toBe(RUN_TRIGGERS.some((run) => run === id));
});
