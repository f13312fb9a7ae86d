import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { buildProject } from "../../../scripts/build/build-project.ts";

/** Sections that are refused before anything is built. */
const REFUSED = ["rules", "rulesConfigs", "hooks", "guardianFactorProviders", "clientAuthCredentials"];

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "every-kind-"));
  await cp(join(import.meta.dirname, "../../support/every-kind"), directory, { recursive: true });
  await writeFile(join(directory, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages: {} }));
});
afterEach(() => rm(directory, { recursive: true }));

test("a file of which no Action is built from a source here needs no package-lock.json", async () => {
  await rm(join(directory, "package-lock.json"));
  await writeFile(join(directory, "tenant.yaml"), "clients: [{ name: Reading room }]\n");
  expect(await buildProject(directory, {})).toMatchObject({ ok: true, findings: [] });
});

test("a file with every kind gets past the build, with what its Actions' code is", async () => {
  const document = parse(await readFile(join(directory, "tenant.yaml"), "utf8"));
  for (const section of REFUSED) delete document[section];
  await writeFile(join(directory, "tenant.yaml"), stringify(document));
  const { actions, findings, ok } = await buildProject(directory, {});
  expect(findings).toEqual([]);
  expect(ok).toBe(true);
  expect(actions.map(({ name, form }) => [name, form])).toEqual([
    ["Add reader claim", "as it is"],
    ["Exchange card", "as it is"],
  ]);
  for (const { file, code } of actions) expect(code).toBe(await readFile(join(directory, file), "utf8"));
});
