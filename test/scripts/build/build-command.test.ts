import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { execute } from "../../../scripts/main.ts";
import { addAction, removeProject, setHandler, writeProject } from "./fixture-project.ts";

let directory: string;
let printed: string[];

beforeEach(async () => {
  directory = await writeProject();
  printed = [];
  jest.spyOn(console, "log").mockImplementation((text) => printed.push(text));
});

afterEach(() => {
  jest.restoreAllMocks();
  return removeProject(directory);
});

const run = (...args: string[]): Promise<number> => execute({ argv: ["build", ...args], directory, processEnv: {} });

const built = (name: string): Promise<string> => readFile(join(directory, "dist", "actions", name), "utf8");

async function replaceProject(edit: Parameters<typeof writeProject>[0]): Promise<void> {
  const next = await writeProject(edit);
  await cp(next, directory, { recursive: true });
  await removeProject(next);
}

test("writes one file an Action, names it in a table, and answers 0", async () => {
  expect(await run()).toBe(0);
  expect(await readdir(join(directory, "dist", "actions"))).toEqual(["guard.js"]);
  expect(printed.join()).toMatch(/^guard {3}\d{3} bytes readable {2}- +API_IDENTIFIER$/m);
  expect(printed.join()).toContain("1 Action built.");
});

test("compiles the grants of the tenant file into the bundle", async () => {
  await run();
  const code = await built("guard.js");
  expect(code).toContain('apiScopes = ["get:orders", "post:orders"]');
  expect(code).toContain('["buyer"]: ["get:orders"]');
});

test("the same input gives the same bytes in another folder, from another one, under another environment", async () => {
  const elsewhere = await writeProject();
  const before = process.cwd();
  try {
    await run();
    process.chdir(elsewhere);
    await execute({
      argv: ["build"],
      directory: elsewhere,
      processEnv: { API_IDENTIFIER: "https://live.example.com/", NODE_ENV: "production" },
    });
    expect(await readFile(join(elsewhere, "dist", "actions", "guard.js"), "utf8")).toBe(await built("guard.js"));
  } finally {
    process.chdir(before);
    await removeProject(elsewhere);
  }
});

test("a bundle is named after its source, not after a place on this machine", async () => {
  await run();
  const code = await built("guard.js");
  expect(code).toContain("Built from actions/guard/action.ts.");
  expect(code).not.toContain(directory);
});

test("import() becomes a require() that runs when it is reached: the platform has no loader for import()", async () => {
  await replaceProject((draft) => {
    draft.tenant.actions[0]!.dependencies = [{ name: "stripe", version: "23.1.0" }];
    setHandler(draft, '  const { default: Stripe } = await import("stripe");', "  new Stripe(event.key);");
  });
  expect(await run()).toBe(0);
  const code = await built("guard.js");
  expect(code).not.toMatch(/\bimport\(/);
  expect(code.indexOf('require("stripe")')).toBeGreaterThan(code.indexOf("onExecutePostLogin = async"));
});

test("a bundle stays readable as long as it is short, and is minified above that with the same handler", async () => {
  const filler = (lines: number) => Array.from({ length: lines }, (_, line) => `  console.log("line ${line}", event);`);
  await replaceProject((draft) => setHandler(draft, ...filler(100)));
  expect(await run()).toBe(0);
  expect(await built("guard.js")).toContain('\n  console.log("line 99", event);\n');
  await replaceProject((draft) => setHandler(draft, ...filler(300)));
  expect(await run()).toBe(0);
  expect(printed.at(-1)).toMatch(/^guard .* minified /m);
  const code = await built("guard.js");
  expect(code).toContain('console.log("line 99",');
  expect(code).toContain("exports.onExecutePostLogin=");
  expect(code.split("\n").length).toBeLessThan(5);
});

test("one refusal keeps every file as it was, also those of Actions that are fine or gone", async () => {
  await mkdir(join(directory, "dist", "actions"), { recursive: true });
  await writeFile(join(directory, "dist", "actions", "guard.js"), "old");
  await writeFile(join(directory, "dist", "actions", "gone.js"), "old");
  await replaceProject((draft) => addAction(draft, "other", { runtime: "node12" }));
  expect(await run()).toBe(1);
  expect((await readdir(join(directory, "dist", "actions"))).sort()).toEqual(["gone.js", "guard.js"]);
  expect(await built("guard.js")).toBe("old");
  expect(printed.join()).toContain("[RUNTIME_UNKNOWN]");
  expect(printed.join()).toContain("1 error: nothing was written");
});

test("a build that succeeds removes the bundle of an Action that is gone, and leaves nothing half-written", async () => {
  await mkdir(join(directory, "dist", "actions"), { recursive: true });
  await writeFile(join(directory, "dist", "actions", "gone.js"), "old");
  expect(await run()).toBe(0);
  expect(await readdir(join(directory, "dist", "actions"))).toEqual(["guard.js"]);
});

test("a warning is printed and does not stop the build", async () => {
  await replaceProject((draft) => draft.tenant.actions[0]!.dependencies.push({ name: "stripe", version: "23.1.0" }));
  expect(await run()).toBe(0);
  expect(printed.join()).toMatch(/^warning tenant\.yaml:\d+ \[DEPENDENCY_UNUSED\]$/m);
  expect(await built("guard.js")).toContain("onExecutePostLogin");
});

test("--json prints one line with the sizes and findings, and no code", async () => {
  await replaceProject((draft) => addAction(draft, "other", { runtime: "node12" }));
  expect(await run("--json")).toBe(1);
  expect(printed).toHaveLength(1);
  expect(JSON.parse(printed[0]!)).toEqual({
    ok: false,
    actions: [
      {
        name: "guard",
        file: "./dist/actions/guard.js",
        bytes: expect.any(Number),
        limit: 100_000,
        form: "readable",
        dependencies: [],
        secrets: ["API_IDENTIFIER"],
      },
      expect.objectContaining({ name: "other" }),
    ],
    findings: [{ severity: "error", code: "RUNTIME_UNKNOWN", place: expect.any(String), message: expect.any(String) }],
  });
});

test("--env checks with that environment's values as well", async () => {
  await replaceProject((draft) => setHandler(draft, "  console.log(event.secrets.CLAIM_NAMESPACE);"));
  await mkdir(join(directory, "environments"));
  await writeFile(join(directory, "environments", "live.env"), "API_IDENTIFIER=https://live.example.com\n");
  expect(await run()).toBe(0);
  expect(await run("--env", "live")).toBe(1);
  expect(printed.join()).toContain("[AUDIENCE_WITHOUT_SLASH]");
});

test.each([
  ["an unknown option", ["--fast"], "USAGE"],
  ["an argument", ["guard"], "USAGE"],
  ["an environment without a file", ["--env", "nowhere"], "ENVIRONMENT_NOT_FOUND"],
])("%s is wrong use", async (_, args, code) => {
  await expect(run(...args)).rejects.toMatchObject({ code, exitCode: 2 });
  expect(printed).toEqual([]);
});

test("a project without package-lock.json cannot be checked, and says so", async () => {
  await removeProject(join(directory, "package-lock.json"));
  await expect(run()).rejects.toMatchObject({ code: "LOCK_FILE_UNREADABLE", exitCode: 2 });
});

test.each([
  ["npm_config_env", "nosuch", "--env"],
  ["npm_config_json", "true", "--json"],
])("an option that npm took for itself (%s) is wrong use", async (name, value, option) => {
  const built = execute({ argv: ["build"], directory, processEnv: { [name]: value } });
  await expect(built).rejects.toMatchObject({ code: "USAGE", exitCode: 2, message: expect.stringContaining(option) });
  expect(printed).toEqual([]);
});
