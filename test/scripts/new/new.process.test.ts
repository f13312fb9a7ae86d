import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { makeProject, type ProjectCopy } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const root = join(import.meta.dirname, "../../..");
const before = readFileSync(join(root, "tenant.yaml"), "utf8");
let project: ProjectCopy;
const read = (file: string): string => readFileSync(join(project.directory, file), "utf8");

beforeAll(() => {
  project = makeProject({ "tenant.yaml": before });
  for (const part of ["test/support", "jest.config.js", "stripe.json"]) {
    cpSync(join(root, part), join(project.directory, part), { recursive: true });
  }
});
afterAll(() => project.remove());

async function runNew(...args: readonly string[]) {
  const script = spawnScript("new", args, {}, project.directory);
  return { code: await script.ended, text: script.stdout() + script.stderr() };
}

test.each([
  ["a name that tenant.yaml has", ["filter-scopes"], "NEW_NAME_TAKEN"],
  ["a name whose folder is there", ["Require Organization Subscription"], "NEW_NAME_TAKEN"],
  ["the name of the folder for what Actions share", ["Shared"], "NEW_NAME_TAKEN"],
  ["a name that makes no folder", ["..."], "NEW_NAME_UNUSABLE"],
  ["a trigger that Auth0 does not have", ["greet", "--trigger", "post-logn"], "Did you mean post-login?"],
])("%s is refused, and nothing is written", async (_case, args, said) => {
  const { code, text } = await runNew(...args);
  expect(text).toContain(said);
  expect(code).toBe(2);
  expect(read("tenant.yaml")).toBe(before);
  expect(existsSync(join(project.directory, "actions/greet"))).toBe(false);
});

test("what was made is JSON for programs", async () => {
  const { code, text } = await runNew("say-hello", "--json");
  expect([code, JSON.parse(text)]).toEqual([
    0,
    {
      version: 1,
      name: "say-hello",
      trigger: "post-login",
      files: expect.arrayContaining(["actions/say-hello/action.ts", "tenant.yaml"]),
      test: "test/actions/say-hello/action.test.ts",
    },
  ]);
});

test.each([
  ["Greet People", "post-login", "greet-people"],
  ["mark-machines", "credentials-exchange", "mark-machines"],
  ["check-resets", "password-reset-post-challenge", "check-resets"],
  ["exchange-cards", "custom-token-exchange", "exchange-cards"],
])("%s at %s builds, its test passes, and tenant.yaml keeps every line", async (name, trigger, folder) => {
  const lines = read("tenant.yaml").split("\n");
  const made = await runNew(name, "--trigger", trigger);
  expect(made).toMatchObject({ code: 0, text: expect.stringContaining(`actions/${folder}/action.ts`) });
  const after = read("tenant.yaml").split("\n");
  let place = 0;
  for (const line of after) if (line === lines[place]) place++;
  expect(place).toBe(lines.length);
  const build = spawnScript("build", ["--json"], {}, project.directory);
  expect(await build.ended).toBe(0);
  expect(JSON.parse(build.stdout())).toMatchObject({ findings: [] });
  expect(build.stdout()).toContain(name);
  const jest = spawnSync(
    process.execPath,
    [join(root, "node_modules/jest/bin/jest.js"), `test/actions/${folder}`, "--maxWorkers=1"],
    { cwd: project.directory, encoding: "utf8" },
  );
  expect(jest.stderr).toContain("1 passed");
});
