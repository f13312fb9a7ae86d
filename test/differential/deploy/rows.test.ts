import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { FIELDS } from "./fields.ts";
import { ROWS } from "./rows.ts";

const root = join(import.meta.dirname, "../../..");

/** `roles.*.name` for each key of the file, whatever the index. */
function listPaths(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => listPaths(entry, `${path}.*`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const place = path === "" ? key : `${path}.${key}`;
    return [place, ...listPaths(entry, place)];
  });
}

const general = (at: string) => at.replaceAll(/\.\d+/g, ".*");

test("every field of tenant.yaml is varied, and in every form", () => {
  const paths = new Set(listPaths(parse(readFileSync(join(root, "tenant.yaml"), "utf8"))));
  expect(new Set(ROWS.map(({ at }) => general(at)))).toEqual(paths);
  expect(new Set(ROWS.map(({ at }) => at))).toEqual(new Set(Object.keys(FIELDS)));
  expect(new Set(ROWS.map(({ form }) => form)).size).toBe(7);
});

test("there are a hundred variants, none twice", () => {
  expect(new Set(ROWS.map(({ at, form }) => `${at} ${form}`)).size).toBe(100);
});

test("every difference is one of those in docs/deploy.md", () => {
  const page = readFileSync(join(root, "docs/deploy.md"), "utf8");
  for (const { at, form, outcome } of ROWS) {
    const { refused, import: imported, differs = [], why } = outcome;
    const isDifferent = (refused === undefined) !== (imported !== "fails") || differs.length > 0;
    expect({ at, form, isDocumented: why !== undefined }).toEqual({ at, form, isDocumented: isDifferent });
    if (why !== undefined) expect(page).toContain(`\n| ${why} |`);
  }
});
