import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { writeBuild } from "../../../scripts/build/build-project.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "./fixture-project.ts";
import { createQuickBuild } from "./quick-build.ts";

const buildProject = createQuickBuild();
const directories: string[] = [];
afterEach(() => Promise.all(directories.splice(0).map(removeProject)));

async function project(edit: (draft: ProjectDraft) => void): Promise<string> {
  const directory = await writeProject(edit);
  directories.push(directory);
  return directory;
}

const HANDLER = "export const onExecutePostLogin = async () => {};\n";

function addNamed(draft: ProjectDraft, name: string, folder: string): void {
  addAction(draft, "unused", { name, code: `./dist/actions/${folder}.js` });
  delete draft.sources["actions/unused/action.ts"];
  draft.sources[`actions/${folder}/action.ts`] = HANDLER;
}

test.each([
  ["Add Email Claim", "add-email-claim"],
  ["Old Action 1", "old-action-1"],
  ["Ünïcode", "unicode"],
  ["a/b", "a-b"],
  ["日本語", "日本語"],
  ["v1.2 (beta) + “quotes”", "v1-2-beta-quotes"],
  ["__proto__", "proto"],
  ["constructor", "constructor"],
  ["Add Email Claim", "a folder of another name"],
])("an Action called %s is built from actions/%s, and keeps its name", async (name, folder) => {
  const directory = await project((draft) => addNamed(draft, name, folder));
  const build = await buildProject(directory, {});
  expect(build.findings).toEqual([]);
  expect(build.actions.map((action) => [action.name, action.file])).toContainEqual([
    name,
    `./dist/actions/${folder}.js`,
  ]);
  await writeBuild(directory, build);
  expect(await readFile(join(directory, "dist", "actions", `${folder}.js`), "utf8")).toContain(
    `Built from actions/${folder}/action.ts.`,
  );
});

test.each([
  ["", "is empty"],
  ["  ", "is empty"],
  [" guarded", "begins or ends with a blank"],
  ["two\nlines", "control character"],
])("an Action cannot be called %j", async (name, says) => {
  const directory = await project((draft) => addNamed(draft, name, "guarded"));
  expect((await buildProject(directory, {})).findings).toContainEqual({
    severity: "error",
    code: "ACTION_NAME_INVALID",
    place: expect.stringMatching(/^tenant\.yaml:\d+$/),
    message: expect.stringContaining(says),
  });
});

test.each(["./dist/actions/add-email.js", "dist/actions/Add-Email.js", "./dist/actions/../actions/add-email.js"])(
  "two Actions that would be built to one file, one of them to %s, are refused by both their names",
  async (code) => {
    const directory = await project((draft) => {
      addNamed(draft, "Add Email", "add-email");
      addNamed(draft, "add email", "add-email");
      draft.tenant.actions.at(-1)!.code = code;
    });
    expect((await buildProject(directory, {})).findings).toContainEqual({
      severity: "error",
      code: "ACTION_FOLDER_TWICE",
      place: expect.stringMatching(/^tenant\.yaml:\d+$/),
      message: expect.stringMatching(/"Add Email".*"add email"/s),
    });
  },
);

test("an Action whose folder is missing is told the folder that its name suggests", async () => {
  const directory = await project((draft) => {
    addNamed(draft, "Add Email Claim", "add-email-claim");
    draft.tenant.actions.at(-1)!.code = "./dist/actions/Add Email Claim.js";
  });
  expect((await buildProject(directory, {})).findings).toContainEqual({
    severity: "error",
    code: "ACTION_CODE_PATH",
    place: expect.stringMatching(/^tenant\.yaml:\d+$/),
    message: expect.stringContaining("Write ./dist/actions/add-email-claim.js"),
  });
});

test("an Action may be built from JavaScript in modules", async () => {
  const directory = await project((draft) => {
    addNamed(draft, "Plain", "plain");
    delete draft.sources["actions/plain/action.ts"];
    draft.sources["actions/plain/action.js"] = HANDLER;
  });
  const { actions, findings } = await buildProject(directory, {});
  expect(findings).toEqual([]);
  expect(actions.at(-1)?.code).toContain("Built from actions/plain/action.js.");
});

/** As Auth0's editor begins an Action, with one line of somebody's in it. */
const PASTED = `/**
 * Handler that will be called during the execution of a PostLogin flow.
 *
 * @param {Event} event - Details about the user and the context in which they are logging in.
 * @param {PostLoginAPI} api - Interface whose methods can be used to change the behavior of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  greeting = require("crypto").randomUUID();
};

// exports.onContinuePostLogin = async (event, api) => {
// };
`;

test.each([
  ["action.js", PASTED],
  ["action.ts", PASTED],
  ["action.js", "module.exports = { onExecutePostLogin: async () => { console.log(1); } };"],
  ["action.js", 'const { run } = require("./run.js");\nexports.onExecutePostLogin = async () => { run(); };'],
  ["action.js", '"use strict";\nasync function handler() {}\nmodule.exports.onExecutePostLogin = handler;'],
])("%s as it stands in Auth0's editor is built: %j", async (file, code) => {
  const directory = await project((draft) => {
    addNamed(draft, "Pasted", "pasted");
    delete draft.sources["actions/pasted/action.ts"];
    draft.sources[`actions/pasted/${file}`] = code;
    draft.sources["actions/pasted/run.js"] = "exports.run = () => {};";
  });
  const { actions, findings } = await buildProject(directory, {});
  expect(findings).toEqual([]);
  const bundle = actions.at(-1)?.code ?? "";
  expect(bundle).toContain(`Built from actions/pasted/${file}.`);
  expect(bundle.includes('"use strict"')).toBe(code.includes('"use strict"'));
  expect(bundle).not.toContain("Continue");
});

test.each([
  ["a handler of another trigger", "exports.onExecuteLogin = async () => {};", "HANDLER_MISSING"],
  ["a handler that is not async", "exports.onExecutePostLogin = () => {};", "HANDLER_NOT_ASYNC"],
  [
    "a redirect without a way back",
    'exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo("https://a.example");',
    "REDIRECT_WITHOUT_RETURN",
  ],
  [
    "a package that is not declared",
    'exports.onExecutePostLogin = async () => require("axios").get("https://a.example");',
    "DEPENDENCY_UNDECLARED",
  ],
  [
    "a restricted claim",
    'exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim("roles", []);',
    "CLAIM_RESTRICTED",
  ],
])("of what was pasted, %s is found", async (_what, code, finding) => {
  const directory = await project((draft) => {
    addNamed(draft, "Pasted", "pasted");
    delete draft.sources["actions/pasted/action.ts"];
    draft.sources["actions/pasted/action.js"] = code;
  });
  const { findings } = await buildProject(directory, {});
  expect(findings).toMatchObject([{ code: finding, place: expect.stringContaining("actions/pasted/action.js") }]);
});

test("of two sources of one Action neither is taken", async () => {
  const directory = await project((draft) => {
    addNamed(draft, "Plain", "plain");
    draft.sources["actions/plain/action.js"] = HANDLER;
  });
  expect((await buildProject(directory, {})).findings).toContainEqual({
    severity: "error",
    code: "ACTION_SOURCE_TWICE",
    place: expect.stringMatching(/^tenant\.yaml:\d+$/),
    message: expect.stringContaining("actions/plain/action.ts and actions/plain/action.js"),
  });
});
