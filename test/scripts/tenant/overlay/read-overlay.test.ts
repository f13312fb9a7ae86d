import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readTenant } from "../../../../scripts/tenant/read-tenant.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "overlay-"));
  file = join(directory, "tenant.yaml");
  mkdirSync(join(directory, "environments"));
  writeFileSync(file, "roles: [{ name: editor }]\n");
});
afterEach(() => rmSync(directory, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(join(directory, "environments", name), text);

test("each environment has its own overlay, and without a name there is none", async () => {
  write("eu.yaml", "roles: [{ name: auditor }]\n");
  write("us.yaml", "roles: [{ name: editor, leave_out: true }]\n");
  const rolesIn = async (name?: string) => (await readTenant(file, name)).document.roles?.map((role) => role.name);
  expect([await rolesIn("eu"), await rolesIn("us"), await rolesIn("ap"), await rolesIn()]).toEqual([
    ["editor", "auditor"],
    [],
    ["editor"],
    ["editor"],
  ]);
});

test.each<[what: string, prepare: () => void, message: string]>([
  ["by another ending", () => write("eu.yml", ""), "environments/eu.yml would be passed over: call it eu.yaml."],
  [
    "twice, by both endings",
    () => {
      write("eu.yml", "");
      write("eu.yaml", "");
    },
    "environments/eu.yml would be passed over",
  ],
  ["as a folder", () => mkdirSync(join(directory, "environments/eu.yaml")), "environments/eu.yaml is there and cannot"],
])("an overlay that is there %s is refused, not passed over", async (_what, prepare, message) => {
  prepare();
  await expect(readTenant(file, "eu")).rejects.toMatchObject({
    code: "ENVIRONMENT_UNREADABLE",
    exitCode: 2,
    message: expect.stringContaining(message) as unknown,
  });
});
