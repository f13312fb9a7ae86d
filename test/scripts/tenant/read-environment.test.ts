import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readEnvironment } from "../../../scripts/tenant/read-environment.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "environment-"));
  await mkdir(join(directory, "environments"));
  await writeFile(join(directory, ".env"), "A=shared\nB=shared\nC=shared\n");
  await writeFile(join(directory, "environments", "staging.env"), "B=staging\nC=staging\n");
});

afterEach(() => rm(directory, { recursive: true }));

test("the named environment wins over .env, and the process's own over both", async () => {
  const processEnv = { C: "process", D: undefined };
  expect(await readEnvironment({ directory, name: "staging", processEnv })).toEqual({
    A: "shared",
    B: "staging",
    C: "process",
  });
});

test("without a name only .env is read", async () => {
  expect(await readEnvironment({ directory, processEnv: {} })).toEqual({ A: "shared", B: "shared", C: "shared" });
});

test("a project without any file has the process's environment alone", async () => {
  const processEnv = { A: "process" };
  expect(await readEnvironment({ directory: join(directory, "empty"), processEnv })).toEqual({ A: "process" });
});

test.each(["production", "../.env", "staging.env", ""])(
  "refuses the environment %j and says which there are",
  async (name) => {
    await expect(readEnvironment({ directory, name, processEnv: {} })).rejects.toMatchObject({
      code: "ENVIRONMENT_NOT_FOUND",
      exitCode: 2,
      message: expect.stringContaining("There is: staging."),
    });
  },
);

test.each(["production", "../.env"])("says how an environment like %j is made", async (name) => {
  const text =
    /^There is no environments\/.*\.env\. To make one, write the values of its tenant to environments\/<name>\.env; \.env\.example says what each is for\. There is: /;
  await expect(readEnvironment({ directory, name, processEnv: {} })).rejects.toThrow(text);
});

test("a value that loses its end is warned of with its line, and never shown", async () => {
  await writeFile(join(directory, ".env"), "A=shared\nKEY=pass#word\n");
  await writeFile(join(directory, "environments", "staging.env"), "OTHER=pass#word\n");
  const warnings: string[] = [];
  await readEnvironment({ directory, name: "staging", processEnv: {}, warn: (text) => warnings.push(text) });
  expect(warnings.map((text) => text.slice(0, 40))).toEqual([
    "! .env:2 KEY ends before its #. Put the ",
    "! environments/staging.env:1 OTHER ends ",
  ]);
  expect(warnings.join()).not.toMatch(/pass|word/);
});

test("a name that is nearly one of those is told the one that was meant", async () => {
  await expect(readEnvironment({ directory, name: "stagin", processEnv: {} })).rejects.toMatchObject({
    message: "There is no environments/stagin.env. Did you mean staging? There is: staging.",
  });
});

test("an environment that has an overlay alone does not go to the tenant of .env: a pipeline says which", async () => {
  await writeFile(join(directory, "environments", "eu.yaml"), "");
  await writeFile(
    join(directory, ".env"),
    "A=shared\nAUTH0_DOMAIN=dev\nAUTH0_CLIENT_ID=dev\nAUTH0_CLIENT_SECRET=dev\n",
  );
  const said: string[] = [];
  const read = (processEnv: NodeJS.ProcessEnv) =>
    readEnvironment({ directory, name: "eu", processEnv, warn: (text) => said.push(text) });
  expect(await read({})).toEqual({ A: "shared" });
  expect(said).toEqual([
    "! AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET of .env are not taken for eu: there is no environments/eu.env that says which tenant it is.",
  ]);
  const processEnv = { AUTH0_DOMAIN: "eu", AUTH0_CLIENT_ID: "eu", AUTH0_CLIENT_SECRET: "eu" };
  expect(await read(processEnv)).toEqual({ A: "shared", ...processEnv });
  expect(said).toHaveLength(1);
});

test("beside others, what is its own does not come from the process's environment, and no value is shown", async () => {
  const read = (processEnv: NodeJS.ProcessEnv) =>
    readEnvironment({ directory, name: "staging", processEnv, isOneOfMany: true });
  await expect(read({ B: "staging", C: undefined, D: "process" })).resolves.toMatchObject({
    B: "staging",
    D: "process",
  });
  await expect(read({ B: "of the process" })).rejects.toThrow(/^B of environments\/staging\.env has another value/);
  await expect(read({ B: "of the process", C: "" })).rejects.toMatchObject({
    code: "ENVIRONMENT_OVERRIDDEN",
    exitCode: 2,
    message: expect.stringMatching(
      /^B, C of environments\/staging\.env have another value(?!.*of the process\b)/,
    ) as unknown,
  });
});

test.each([
  ["environments/eu.env", "environments/eu.env is there and cannot be read"],
  [".env", ".env is there and cannot be read"],
])("a folder in the place of %s is refused", async (folder, message) => {
  await rm(join(directory, folder), { force: true });
  await mkdir(join(directory, folder));
  await expect(readEnvironment({ directory, name: "eu", processEnv: {} })).rejects.toMatchObject({
    code: "ENVIRONMENT_UNREADABLE",
    message: expect.stringContaining(message) as unknown,
  });
});

test("a name that a file has and no environment can have is told from one that is not there", async () => {
  await writeFile(join(directory, "environments", "eu west.env"), "");
  await expect(readEnvironment({ directory, name: "eu west", processEnv: {} })).rejects.toMatchObject({
    code: "ENVIRONMENT_UNREADABLE",
    message: "eu west cannot be an environment: rename its files. A name has letters, digits, _ and - alone.",
  });
});

test("two names, where one is read, are told from a name", async () => {
  await expect(readEnvironment({ directory, name: "staging,eu", processEnv: {} })).rejects.toMatchObject({
    message: "There is no environments/staging,eu.env. This command takes one environment. There is: staging.",
  });
});
