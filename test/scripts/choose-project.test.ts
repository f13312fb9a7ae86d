import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chooseProject } from "../../scripts/choose-project.ts";

const root = join(import.meta.dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "projects-"));
  mkdirSync(join(folder, "shop/deep/down"), { recursive: true });
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "shop/tenant.yaml"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["a folder with a tenant.yaml", "shop", "shop"],
  ["a folder below it", "shop/deep/down", "shop"],
])("the project is the one that %s belongs to, also for a command that may begin one", (_, from, project) => {
  expect(chooseProject(join(folder, from))).toBe(join(folder, project));
  expect(chooseProject(join(folder, from), true)).toBe(join(folder, project));
});

test("where there is none it is the one that this tool is in, but for a command that begins one there", () => {
  expect(chooseProject(join(folder, "empty"))).toBe(root);
  expect(chooseProject(join(folder, "empty"), true)).toBe(join(folder, "empty"));
});
