import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";
import { removeProject, writeProject } from "./fixture-project.ts";

let directory: string;

beforeEach(async () => {
  directory = await writeProject();
  const file = join(directory, "tenant.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/scopes:\n(?:\s+- value: .*\n)+/, "scopes: @@SCOPES@@\n"));
});

afterEach(() => removeProject(directory));

test("an API's scopes that come by a keyword are compiled in with its value", async () => {
  const SCOPES = JSON.stringify([{ value: "get:orders" }, { value: "get:tills" }]);
  const build = await buildProject(directory, { SCOPES });
  expect(build.findings).toEqual([]);
  expect(build.actions[0]?.code).toContain('["get:orders", "get:tills"]');
});

test("and are never compiled in as none", async () => {
  const { ok, findings } = await buildProject(directory, {});
  expect(ok).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ code: "KEYWORD_NEEDED_TO_BUILD", place: expect.stringMatching(/^tenant\.yaml:\d+$/) }),
  );
});
