import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";
import type { Finding } from "../../../scripts/build/finding.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";

const directories: string[] = [];
const planted = "planted-in-the-environment";
beforeEach(() => {
  process.env.PLANTED = planted;
});
afterEach(async () => {
  delete process.env.PLANTED;
  await Promise.all(directories.splice(0).map(removeProject));
});

const HANDLER = "export const onExecutePostLogin = async () => {};";
/** A line that runs when the bundle is loaded, before the handler is there. */
const atTop = (line: string) => `${line}\n${HANDLER}\n`;
const usingPackage = `import "rude";\n${HANDLER}\n`;

async function findIn(
  source: string,
  { files = {} }: { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<readonly Finding[]> {
  const directory = await writeProject((draft: ProjectDraft) => {
    const declared = source === usingPackage ? [{ name: "rude", version: "1.0.0" }] : [];
    for (const { name, version } of declared) draft.locked[name] = version;
    addAction(draft, "suspect", { dependencies: declared }, source);
    addAction(draft, "bystander", {}, HANDLER);
  });
  directories.push(directory);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(directory, path, ".."), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return (await buildProject(directory, {})).findings;
}

const inPackage = (line: string) => ({
  files: {
    "node_modules/rude/package.json": '{"name":"rude","version":"1.0.0","main":"index.js"}',
    "node_modules/rude/index.js": line,
  },
});

test.each([
  ["ends the process with success", atTop("process.exit(0);"), {}],
  ["ends it with success once what was loaded has run", atTop("setTimeout(() => process.exit(0), 5);"), {}],
  ["ends it past Node's own way", atTop("process.reallyExit(0);"), {}],
  ["kills it", atTop('process.kill(process.pid, "SIGKILL");'), {}],
  ["ends it in a package", usingPackage, inPackage("process.exit(0);")],
  ["takes all the heap", atTop("const all: number[][] = []; for (;;) all.push(new Array(1e6).fill(1.5));"), {}],
])("an Action whose bundle %s is refused by name", async (_what, source, project) => {
  expect(await findIn(source, project)).toEqual([
    expect.objectContaining({
      severity: "error",
      code: "ACTION_ENDS_PROCESS",
      place: "actions/suspect/action.ts",
      message: expect.stringContaining("suspect") as unknown,
    }),
  ]);
});

test.each([
  ["loops for ever", atTop("for (;;);"), {}],
  ["loops for ever in a package", usingPackage, inPackage("for (;;);")],
  ["waits for ever for promises that go on", atTop("const go = async () => { for (;;) await 0; }; void go();"), {}],
])("an Action whose bundle %s is refused by name within the time limit", async (_what, source, project) => {
  expect(await findIn(source, project)).toEqual([
    expect.objectContaining({ severity: "error", code: "ACTION_LOAD_TIMEOUT", place: "actions/suspect/action.ts" }),
  ]);
});

test.each([
  ["throws", atTop('throw new Error("thrown at once");'), "thrown at once"],
  ["throws later", atTop('setTimeout(() => { throw new Error("thrown later"); });'), "thrown later"],
  ["throws nothing that is an error", atTop('setImmediate(() => { throw "a text"; });'), "a text"],
  ["leaves a promise that fails", atTop('void Promise.reject(new Error("refused"));'), "refused"],
  [
    "needs a variable of this process",
    atTop("if (!process.env.PLANTED) throw new Error('no variable');"),
    "no variable",
  ],
])("an Action whose bundle %s does not load, and the reason is said", async (_what, source, reason) => {
  expect(await findIn(source)).toEqual([
    expect.objectContaining({
      severity: "error",
      code: "ACTION_DOES_NOT_LOAD",
      place: "actions/suspect/action.ts",
      message: expect.stringContaining(reason) as unknown,
    }),
  ]);
});

test.each([
  ["the environment", "JSON.stringify(process.env)"],
  ["the parent's environment", 'require("fs").readFileSync("/proc/" + process.ppid + "/environ", "utf8")'],
  ["the project's .env", 'require("fs").readFileSync(process.cwd() + "/.env", "utf8")'],
  ["another program", 'require("child_process").execSync("env").toString()'],
])("what a bundle looks up in %s has nothing of the deploying process", async (_what, expression) => {
  const findings = await findIn(atTop(`throw new Error("it read: " + ${expression});`), {
    files: { ".env": `PLANTED=${planted}\n` },
  });
  expect(findings).toEqual([expect.objectContaining({ code: "ACTION_DOES_NOT_LOAD" })]);
  expect(JSON.stringify(findings)).not.toContain(planted);
});

test.each([
  ["keeps a timer", atTop("setInterval(() => {}, 1000);")],
  ["prints", atTop('console.log("hello"); process.stdout.write("hello");')],
  ["takes the channel to its parent away", atTop("process.disconnect?.();")],
])("a bundle that %s while it is loaded is taken", async (_what, source) => {
  expect(await findIn(source)).toEqual([]);
});
