import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { watchProject } from "../../../scripts/dev/watch-project.ts";

let directory: string;
let watch: { close(): void };
let heard: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "watch-"));
  for (const folder of ["actions/one", "actions/two/parts", "test"])
    mkdirSync(join(directory, folder), { recursive: true });
  for (const file of ["tenant.yaml", "actions/one/action.ts", "actions/two/parts/deep.ts"]) write(file, "before");
  heard = [];
  watch = watchProject(directory, (file) => heard.push(file));
});
afterEach(() => {
  watch.close();
  rmSync(directory, { recursive: true });
});

const write = (file: string, text: string): void => writeFileSync(join(directory, file), text);
async function hear(file: string): Promise<void> {
  while (!heard.includes(file)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test.each([
  ["the tenant file", "tenant.yaml"],
  ["stripe.json, which was not there", "stripe.json"],
  ["a file deep in an Action's folder", "actions/two/parts/deep.ts"],
  ["a new file", "actions/one/new.ts"],
])("tells of %s", async (_, file) => {
  write(file, "after");
  await hear(file);
  expect(new Set(heard)).toEqual(new Set([file]));
});

test("tells of a file in a folder that is made while it watches, and of one that is removed", async () => {
  mkdirSync(join(directory, "actions/three"));
  write("actions/three/action.ts", "new");
  await hear("actions/three/action.ts");
  heard.length = 0;
  write("actions/three/action.ts", "newer");
  await hear("actions/three/action.ts");
  rmSync(join(directory, "actions/one"), { recursive: true });
  await hear("actions/one/action.ts");
});

test("a file that an editor puts in place whole is told of by its own name alone", async () => {
  write("actions/one/.action.ts.swp", "x");
  write("actions/one/action.ts~", "x");
  write("tenant.yaml.tmp", "after");
  renameSync(join(directory, "tenant.yaml.tmp"), join(directory, "tenant.yaml"));
  await hear("tenant.yaml");
  expect(heard).toEqual(["tenant.yaml"]);
});

test("of many writes in a row none after the last is missed", async () => {
  for (let round = 0; round < 30; round += 1) write("actions/one/action.ts", `round ${round}`);
  await hear("actions/one/action.ts");
  heard.length = 0;
  write("actions/one/action.ts", "the last one");
  await hear("actions/one/action.ts");
});
