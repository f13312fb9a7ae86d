import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { type Build, writeBuild } from "../../../scripts/build/build-project.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";
import { createQuickBuild } from "./quick-build.ts";

const buildProject = createQuickBuild();
const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

const HANDLER = "exports.onExecutePostLogin = async (event, api) => {};\n";
type Change = Parameters<typeof addAction>[2] & Record<string, unknown>;

interface Given {
  readonly code?: string;
  readonly change?: Change;
  /** Bound to post-login. */
  readonly isBound?: boolean;
  readonly environment?: Record<string, string>;
}

/** An Action as `a0deploy export` leaves it. */
async function buildOld({ code = HANDLER, change = {}, isBound = false, environment = {} }: Given): Promise<Build> {
  const directory = await writeProject((draft: ProjectDraft) => {
    addAction(draft, "unused", { name: "Old Action 1", code: "./actions/Old Action 1/code.js", ...change });
    delete draft.sources["actions/unused/action.ts"];
    for (const extension of ["js", "ts"]) draft.sources[`actions/Old Action 1/code.${extension}`] = code;
    if (isBound) draft.tenant.triggers["post-login"]!.push({ action_name: "Old Action 1" });
  });
  directories.push(directory);
  const build = await buildProject(directory, environment);
  if (build.ok) await writeBuild(directory, build);
  return build;
}

const oldOf = ({ actions }: Build) => actions.find(({ name }) => name === "Old Action 1");

test.each([
  ["a handler", HANDLER],
  ["Windows' line ends", HANDLER.replaceAll("\n", "\r\n")],
  ["a byte order mark", `\uFEFF${HANDLER}`],
  ["no line end at the end", HANDLER.trimEnd()],
  ["many of them", `${HANDLER}\n\n\n`],
  ["a directive", `"use strict";\n${HANDLER}`],
  ["module.exports", "module.exports = { onExecutePostLogin: async () => {} };"],
  ["TypeScript's output", `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${HANDLER}`],
  ["letters of every script", `// ünïcode 日本語 🙂 \u2028\n${HANDLER}`],
  ["code that looks like a template of Auth0's", `// @@password@@ and ##lower##\n${HANDLER}`],
])("code with %s is taken as it is, byte for byte", async (_, code) => {
  const build = await buildOld({ code, isBound: true });
  expect(build.findings).toEqual([]);
  expect(oldOf(build)).toMatchObject({
    code,
    file: "./actions/Old Action 1/code.js",
    form: "as it is",
    bytes: Buffer.byteLength(code),
  });
});

test("several Actions may have one file", async () => {
  const build = await buildOld({});
  const directory = await writeProject((draft) => {
    for (const name of ["One", "Two"]) {
      addAction(draft, "unused", { name, code: "./actions/a.js" });
      delete draft.sources["actions/unused/action.ts"];
    }
    draft.sources["actions/a.js"] = HANDLER;
  });
  directories.push(directory);
  const both = await buildProject(directory, {});
  expect(both.findings).toEqual([]);
  expect(both.actions.map(({ code }) => code).slice(1)).toEqual([HANDLER, HANDLER]);
  expect(build.findings).toEqual([]);
});

test("keywords in the file are filled as the Deploy CLI fills them, and nothing else changes", async () => {
  const code = 'const url = "##API_URL##";\r\nconst list = "@@LIST@@";\r\n';
  const environment = { API_URL: "https://api.example.com", AUTH0_KEYWORD_REPLACE_MAPPINGS: '{"LIST":["a"]}' };
  const build = await buildOld({ code: `${code}${HANDLER}`, environment });
  expect(oldOf(build)?.code).toBe(`const url = "https://api.example.com";\r\nconst list = ["a"];\r\n${HANDLER}`);
});

interface Finds extends Given {
  readonly name: string;
  readonly finds: string;
  readonly says: string;
  /** What is refused at Auth0, or denies a login. */
  readonly stops: boolean;
}

const findings: readonly Finds[] = [
  {
    name: "an ES module",
    code: "export const onExecutePostLogin = async () => {};",
    finds: "ACTION_NOT_COMMONJS",
    says: "actions/old-action-1/action.js",
    stops: true,
  },
  {
    name: "an ES module that only imports",
    code: `import crypto from "node:crypto";\n${HANDLER}`,
    finds: "ACTION_NOT_COMMONJS",
    says: "./dist/actions/old-action-1.js",
    stops: true,
  },
  {
    name: "TypeScript",
    change: { code: "./actions/Old Action 1/code.ts" },
    finds: "ACTION_CODE_PATH",
    says: "./dist/actions/old-action-1.js",
    stops: true,
  },
  { name: "no path", change: { code: "" }, finds: "ACTION_CODE_PATH", says: "names no file", stops: true },
  {
    name: "more than 100 kB",
    code: `${HANDLER}// ${"x".repeat(100_000)}`,
    finds: "ACTION_TOO_LARGE",
    says: "100",
    stops: true,
  },
  ...[true, false].flatMap((isBound): readonly Finds[] => [
    {
      name: "the handler of another trigger",
      code: "exports.onExecuteCredentialsExchange = async () => {};",
      isBound,
      finds: "HANDLER_MISSING",
      says: '"onExecutePostLogin" handler',
      stops: isBound,
    },
    {
      name: "a handler that is not async",
      code: "exports.onExecutePostLogin = () => {};",
      isBound,
      finds: "HANDLER_NOT_ASYNC",
      says: "exports.onExecutePostLogin = async",
      stops: isBound,
    },
    {
      name: "code that does not parse",
      code: `${HANDLER}const = 1;`,
      isBound,
      finds: "ACTION_DOES_NOT_COMPILE",
      says: "Expected identifier",
      stops: isBound,
    },
    {
      name: "code that throws",
      code: `${HANDLER}throw new Error("no table");`,
      isBound,
      finds: "ACTION_DOES_NOT_LOAD",
      says: "no table",
      stops: isBound,
    },
    {
      name: "a line for a shell, which a function cannot begin with",
      code: `#!/usr/bin/env node\n${HANDLER}`,
      isBound,
      finds: "ACTION_DOES_NOT_LOAD",
      says: "Loading Old Action 1 fails",
      stops: isBound,
    },
    {
      name: "a redirect that nothing comes back to",
      code: 'exports.onExecutePostLogin = async (event, api) => {\n  api.redirect.sendUserTo("https://a.example");\n};',
      isBound,
      finds: "REDIRECT_WITHOUT_RETURN",
      says: "onContinuePostLogin",
      stops: isBound,
    },
    {
      name: "a package that is not declared",
      code: 'exports.onExecutePostLogin = async () => {\n  require("left-pad");\n};',
      isBound,
      finds: "DEPENDENCY_UNDECLARED",
      says: "Declare left-pad",
      stops: isBound,
    },
    {
      name: "a file beside it",
      code: 'exports.onExecutePostLogin = async () => {\n  require("./other.js");\n};',
      isBound,
      finds: "ACTION_LOADS_FILE",
      says: "./other.js",
      stops: isBound,
    },
  ]),
  {
    name: "a claim that Auth0 drops",
    code: 'exports.onExecutePostLogin = async (event, api) => {\n  api.idToken.setCustomClaim("roles", []);\n};',
    isBound: true,
    finds: "CLAIM_RESTRICTED",
    says: '"roles" is restricted',
    stops: false,
  },
  {
    name: "a package that is not installed here",
    code: `const pad = require("left-pad");\n${HANDLER}`,
    change: { dependencies: [{ name: "left-pad", version: "1.3.0" }] },
    isBound: true,
    finds: "ACTION_NOT_LOADED",
    says: "left-pad@1.3.0 is not on this machine, and npm cannot reach a registry",
    stops: false,
  },
  {
    name: "an Actions Module",
    code: `const rates = require("actions:rates");\n${HANDLER}`,
    isBound: true,
    finds: "ACTION_NOT_LOADED",
    says: "actions:rates",
    stops: false,
  },
];

test.each(findings.map((row) => ({ isBound: false, ...row })))(
  "$name, bound: $isBound, is said, and stops the build: $stops",
  async (row) => {
    const build = await buildOld(row);
    expect(build.findings).toContainEqual(
      expect.objectContaining({
        severity: row.stops ? "error" : "warning",
        code: row.finds,
        message: expect.stringContaining(row.says),
      }),
    );
    expect(build.ok).toBe(!row.stops);
  },
);

test("a place in the code is a line of its file", async () => {
  const { findings: found } = await buildOld({
    code: '"use strict";\r\n\r\nexports.onExecutePostLogin = async () => {\r\n  require("left-pad");\r\n};',
  });
  expect(found).toMatchObject([{ code: "DEPENDENCY_UNDECLARED", place: "actions/Old Action 1/code.js:4" }]);
});

test("any version of a dependency is taken, and package-lock.json is not asked", async () => {
  const build = await buildOld({
    code: `const pad = require("left-pad");\n${HANDLER}`,
    change: {
      dependencies: [
        { name: "left-pad", version: "latest" },
        { name: "stripe", version: "^8.0.0" },
      ],
    },
  });
  expect(build.ok).toBe(true);
  expect(build.findings.map(({ code }) => code)).toEqual(["ACTION_NOT_LOADED", "DEPENDENCY_UNUSED"]);
});

test.each([
  ["that is not there", "./actions/gone/code.js", "TENANT_FILE_MISSING"],
  ["outside the folder", "../code.js", "TENANT_FILE_OUTSIDE"],
  ["outside of where builds go", "./dist/actions/../guard.js", "TENANT_FILE_MISSING"],
  ["whose name says nothing but to go up", "./dist/actions/...js", "TENANT_FILE_MISSING"],
])("a file %s is refused", async (_, code, refusal) => {
  await expect(buildOld({ change: { code } })).rejects.toMatchObject({ code: refusal, exitCode: 2 });
});

test("a file that is not UTF-8 is refused: it could not be sent as it is", async () => {
  const directory = await writeProject((draft) => addAction(draft, "guarded", { code: "./code.js" }));
  directories.push(directory);
  await writeFile(join(directory, "code.js"), Buffer.from([0x2f, 0x2f, 0xfc, 0x0a]));
  await expect(buildProject(directory, {})).rejects.toMatchObject({ code: "TENANT_FILE_NOT_TEXT", exitCode: 2 });
});
