import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  completed,
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let project: string;
let actions: TenantWithActions;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  writePackage("node_modules/greeting", "1.0.0", "module.exports = 'one';");
  writePackage(
    ".local/packages/greeting@2.0.0/node_modules/greeting",
    "2.0.0",
    "module.exports = require('@in/word');",
  );
  writePackage(".local/packages/greeting@2.0.0/node_modules/@in/word", "1.0.0", "module.exports = 'two';");
  writePackage(".local/packages/@in+word@1.0.0/node_modules/@in/word", "1.0.0", "module.exports = 'word';");
  actions = await startTenantWithActions({ project });
});
afterAll(async () => {
  await actions.close();
  rmSync(project, { recursive: true });
});

function writePackage(folder: string, version: string, code: string): void {
  mkdirSync(join(project, folder), { recursive: true });
  writeFileSync(join(project, folder, "package.json"), JSON.stringify({ version, main: "index.js" }));
  writeFileSync(join(project, folder, "index.js"), code);
}

const requires = (name: string, version: string) => ({
  ...handler(`console.log(require("${name}"));`),
  dependencies: [{ name, version }],
});

test("Actions of one login load the versions that each declares, of one package too", async () => {
  actions.bind(requires("greeting", "1.0.0"), requires("greeting", "2.0.0"), requires("@in/word", "1.0.0"));
  expect(outputs(completed(await actions.login()))).toEqual(["one\n", "two\n", "word\n"]);
});

test("a version that is gone is not found, and the log says what to do", async () => {
  actions.bind(requires("greeting", "3.0.0"));
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { message: "Cannot find module 'greeting'" } });
  expect(actions.log.at(-1)).toContain('greeting 3.0.0 is not on this machine any more; "npm run build" installs it.');
});

test("require has the members of Node's own", async () => {
  actions.bind({
    ...requires("greeting", "2.0.0"),
    code: `exports.onExecutePostLogin = async () => {
      const path = require.resolve("greeting");
      require("greeting");
      console.log(path.endsWith("greeting@2.0.0/node_modules/greeting/index.js"), path in require.cache, require.main === module);
    };`,
  });
  expect(outputs(completed(await actions.login()))).toEqual(["true true false\n"]);
  actions.bind({ ...requires("greeting", "2.0.0"), ...handler('require.resolve("@in/word");') });
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { message: "Cannot find module '@in/word'" } });
});

test.each(["greeting", "node:crypto"])(
  "import(%j) fails as it does at Auth0, and the log says what to do",
  async (name) => {
    actions.bind({ ...handler(`await import("${name}");`), dependencies: [{ name: "greeting", version: "1.0.0" }] });
    expect(await actions.login()).toMatchObject({
      kind: "failed",
      error: {
        code: "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING",
        message: "A dynamic import callback was not specified.",
      },
    });
    expect(actions.log.at(-1)).toContain("The platform has no loader for import(): use require()");
  },
);

test("what another Action's package requires is not there for an Action that does not declare it", async () => {
  actions.bind({ ...handler(`require("@in/word");`), dependencies: [{ name: "greeting", version: "2.0.0" }] });
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { message: "Cannot find module '@in/word'" } });
});

test("files beside the packages cannot be read", async () => {
  writeFileSync(join(project, ".local/secret"), "hidden");
  actions.bind(`require("fs").readFileSync(${JSON.stringify(join(project, ".local/secret"))})`);
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { code: "ERR_ACCESS_DENIED" } });
});
