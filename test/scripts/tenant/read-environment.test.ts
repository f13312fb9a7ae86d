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
