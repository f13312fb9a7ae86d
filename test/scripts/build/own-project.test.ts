import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { buildProject } from "../../../scripts/build/build-project.ts";
import { readTenant } from "../../../scripts/tenant/read-tenant.ts";

const root = join(import.meta.dirname, "..", "..", "..");

test("this project's own Actions build without a finding, all that tenant.yaml names", async () => {
  const { findings, actions } = await buildProject(root, {});
  expect(findings).toEqual([]);
  const { document } = await readTenant(join(root, "tenant.yaml"));
  expect(actions.map(({ name }) => name)).toEqual(document.actions?.map(({ name }) => name));
});

/** Bytes: each is loaded by a process that a login may wait for, and read by whoever looks into the tenant. */
const SMALL = 8_000;

test("each of them stays small", async () => {
  const { actions } = await buildProject(root, {});
  expect(actions.filter(({ bytes }) => bytes > SMALL).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([]);
});
