import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { deployProject, planProject } from "../../../../scripts/deploy/deploy-project.ts";
import { readLiveTenant } from "../../../../scripts/deploy/live/read-live-tenant.ts";
import { type Prepared, prepareProject } from "../../../../scripts/deploy/prepare.ts";
import { environmentOf } from "../../../../scripts/local/environment-of.ts";
import { execute } from "../../../../scripts/main.ts";
import { describeStatus } from "../../../../scripts/operate/describe-status.ts";
import { applyRollback, planRollback } from "../../../../scripts/operate/roll-back.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";
import { addAction, type ProjectDraft, removeProject, writeProject } from "../../build/fixture-project.ts";
import { failAfter } from "../document-on-tenant.ts";

const HANDLER = "exports.onExecutePostLogin = async (event, api) => {};\n";

/** Name to what its file says. */
const CODES: Readonly<Record<string, string>> = {
  "Add Email Claim": HANDLER.replaceAll("\n", "\r\n"),
  "Old Action 1": `\uFEFF${HANDLER}`,
  Ünïcode: HANDLER.trimEnd(),
  "a/b": `"use strict";\n${HANDLER}\n\n`,
  "with a shell's line": `#!/usr/bin/env node\n${HANDLER}`,
  日本語: `// 日本語 🙂 \u2028\n${HANDLER}`,
};
const NAMES = Object.keys(CODES);
const fileOf = (name: string) => `actions/${NAMES.indexOf(name)}/code.js`;

let tenant: LocalTenant;
let directory: string;

beforeAll(async () => {
  tenant = await startTestTenant();
  directory = await writeProject(edit);
});
afterAll(async () => {
  await tenant.close();
  await removeProject(directory);
});

function edit(draft: ProjectDraft): void {
  draft.sources["package.json"] = JSON.stringify({ name: "adopted" });
  for (const name of NAMES) {
    const secrets = name === "Old Action 1" ? [{ name: "KEY", value: "@@KEY@@" }] : [];
    addAction(draft, "unused", { name, code: `./${fileOf(name)}`, secrets });
    draft.sources[fileOf(name)] = CODES[name]!;
  }
  delete draft.sources["actions/unused/action.ts"];
  const bound = NAMES.filter((name) => name !== "with a shell's line");
  draft.tenant.triggers["post-login"]!.push(...bound.map((action_name) => ({ action_name })));
}

const environmentWith = (key = "a first value of KEY"): Readonly<Record<string, string>> => ({
  ...environmentOf(tenant),
  API_IDENTIFIER: "https://api.shop.example/",
  KEY: key,
});

async function prepare(writeSecrets: readonly string[] = [], key?: string): Promise<Prepared> {
  const environment = environmentWith(key);
  return prepareProject({ directory, environment, retryPolicy: { pause: 10 }, writeSecrets });
}

const deploy = async (prepared: Prepared, onProgress: (text: string) => void = () => {}) =>
  deployProject({ prepared, confirm: async () => true, onProgress: ({ text }) => onProgress(text) });

async function read(management: ManagementClient, name: string) {
  for await (const row of await management.actions.list({ actionName: name })) return row;
  throw new Error(`there is no ${name}`);
}

async function readOnDisk(name: string): Promise<Buffer> {
  return readFile(join(directory, fileOf(name)));
}

async function setCode(name: string, code: string): Promise<void> {
  await writeFile(join(directory, fileOf(name)), code);
}

async function statusOf(prepared: Prepared) {
  const { management, domain } = prepared.connection;
  const live = await readLiveTenant(management, domain, prepared.desired.document);
  return describeStatus(live, prepared.build.actions);
}

const secretOf = (name: string): string | undefined => {
  const { actions, actionVersions } = tenant.tenant.state;
  const { version_ids } = actions.find((action) => action.name === name)!;
  return actionVersions.get(version_ids.at(-1)!)?.secrets[0]?.value;
};

test("what is live is the file, byte for byte, and the next plan has nothing to do", async () => {
  const prepared = await prepare();
  expect(prepared.build.findings.map(({ code }) => code)).toEqual(["ACTION_DOES_NOT_LOAD"]);
  await deploy(prepared);
  for (const name of NAMES) {
    const { deployed_version: live } = await read(prepared.connection.management, name);
    expect(live?.number).toBe(1);
    expect(Buffer.from(live?.code ?? "")).toEqual(await readOnDisk(name));
  }
  const { plan } = await planProject(await prepare());
  expect(plan.changes).toEqual([]);
  expect(plan.uncompared).toEqual(["action:Old Action 1 secrets[KEY]"]);
  expect(plan.unmanaged).not.toContainEqual(expect.objectContaining({ type: "action" }));
  await expect(deploy(await prepare())).resolves.toMatchObject({ outcome: "nothing to do" });
});

test.each([
  ["a line end more", (code: string) => `${code}\n`],
  ["other line ends", (code: string) => code.replaceAll("\r\n", "\n")],
  ["a byte order mark", (code: string) => `\uFEFF${code}`],
])("%s is a change that the plan shows, and the status too", async (_, change) => {
  const name = "Add Email Claim";
  const before = (await readOnDisk(name)).toString();
  await setCode(name, change(before));
  const prepared = await prepare();
  const { plan } = await planProject(prepared);
  expect(plan.changes).toMatchObject([
    { operation: "update", name, fields: [], codeDiff: expect.stringContaining(`+++ ${fileOf(name)}`) },
  ]);
  expect(plan.changes[0]?.codeDiff).toMatch(/^\+/m);
  expect((await statusOf(prepared)).find((row) => row.name === name)).toMatchObject({ checkout: "differs" });
  await deploy(prepared);
  expect((await read(prepared.connection.management, name)).deployed_version?.code).toBe(change(before));
  expect((await planProject(prepared)).plan.changes).toEqual([]);
  expect((await statusOf(prepared)).find((row) => row.name === name)).toMatchObject({
    checkout: "same",
    bytes: Buffer.byteLength(change(before)),
  });
});

test("an earlier version is put live again, and is what the next plan wants to change", async () => {
  const name = "Ünïcode";
  await setCode(name, `${HANDLER}// second`);
  const prepared = await prepare();
  const { management } = prepared.connection;
  await deploy(prepared);
  const live = await readLiveTenant(management, prepared.connection.domain, prepared.desired.document);
  await applyRollback(management, await planRollback(management, live, NAMES, { name }));
  expect((await read(management, name)).deployed_version).toMatchObject({ number: 3, code: CODES[name] });
  expect((await planProject(prepared)).plan.changes).toMatchObject([{ name, operation: "update" }]);
  await setCode(name, CODES[name]!);
  expect((await planProject(await prepare())).plan.changes).toEqual([]);
});

test("a deploy that fails puts back what was live, also where the code is the same", async () => {
  const name = "Old Action 1";
  const secret = secretOf(name);
  const failing = await prepare([`action:${name}`], "a value of KEY that does not last");
  await expect(deploy(failing, failAfter(`updated action ${name}`))).rejects.toMatchObject({
    code: "DEPLOY_ROLLED_BACK",
  });
  expect(secretOf(name)).toBe(secret);
  expect((await planProject(await prepare())).plan.changes).toEqual([]);
});

test("values of secrets are written when --write-secrets names the Action, and otherwise stay as they are", async () => {
  const name = "Old Action 1";
  const rotated = "a rotated value of KEY";
  await expect(deploy(await prepare([], rotated))).resolves.toMatchObject({ outcome: "nothing to do" });
  expect(secretOf(name)).not.toBe(rotated);
  const prepared = await prepare([`action:${name}`], rotated);
  expect((await planProject(prepared)).plan.changes).toMatchObject([
    { name, fields: [{ path: "secrets[KEY]", isWriteOnly: true }] },
  ]);
  await expect(deploy(prepared)).resolves.toMatchObject({ outcome: "deployed" });
  expect(secretOf(name)).toBe(rotated);
  expect(Buffer.from((await read(prepared.connection.management, name)).deployed_version?.code ?? "")).toEqual(
    await readOnDisk(name),
  );
});

test("the status fills keywords of a file as the deploy did", async () => {
  const name = "日本語";
  await setCode(name, `// ##API_IDENTIFIER##\r\n${HANDLER}`);
  const prepared = await prepare();
  await deploy(prepared);
  expect((await read(prepared.connection.management, name)).deployed_version?.code).toBe(
    `// https://api.shop.example/\r\n${HANDLER}`,
  );
  const printed = jest.spyOn(console, "log").mockImplementation(() => {});
  try {
    await execute({ argv: ["status", "--json"], directory, processEnv: environmentWith() });
    const { actions } = JSON.parse(String(printed.mock.lastCall?.[0]));
    expect(actions).toContainEqual(expect.objectContaining({ name, checkout: "same" }));
  } finally {
    printed.mockRestore();
  }
});

test("dist/ holds what was built, and none of these", async () => {
  await rm(join(directory, "dist"), { recursive: true });
  await prepare();
  await expect(readFile(join(directory, "dist/actions/guard.js"), "utf8")).resolves.toContain("onExecutePostLogin");
  for (const name of NAMES) expect(await readOnDisk(name)).toBeDefined();
});
