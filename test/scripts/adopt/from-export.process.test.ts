import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { importEveryKind, makeActions, makeResources, runDeployCli } from "./populate.ts";
import { listLeaks, readFiles, startTenantToAdopt, type TenantToAdopt } from "./tenant-to-adopt.ts";

let subject: TenantToAdopt;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "export-"));
  subject = await startTenantToAdopt(async (send, tenant) => {
    await importEveryKind(tenant);
    await makeResources(send);
    await makeActions(send, tenant);
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await subject.close();
});

test.each(["yaml", "directory"])(
  "an export in the %s format is adopted as the tenant itself is",
  async (format) => {
    const from = join(folder, format);
    mkdirSync(from);
    await runDeployCli(subject.tenant, "export", from, format);
    const directory = subject.makeProject();
    const asked = subject.proxy.seen.length;
    const adoption = await subject.adopt(directory, { from });
    expect(subject.proxy.seen.length).toBe(asked);
    expect(adoption).toMatchObject({ leftOut: [], refused: [], isPlanned: false });
    expect(listLeaks(readFiles(directory))).toEqual([]);
    expect((await subject.plan(directory)).changes).toEqual([]);
    expect(await subject.deploy(directory)).toEqual([]);
  },
  180_000,
);

test.each(["yaml", "directory"])("an export in the %s format may be named from where one is", async (format) => {
  const from = mkdtempSync(join(folder, "relative-"));
  if (format === "yaml") writeFileSync(join(from, "tenant.yaml"), "roles:\n  - name: reader\n");
  else mkdirSync(join(from, "roles"));
  writeFileSync(join(from, format === "yaml" ? "notes.txt" : "roles/reader.json"), '{ "name": "reader" }');
  const { adopted } = await subject.adopt(subject.makeProject(), { from: relative(process.cwd(), from) });
  expect(adopted).toEqual(["role reader"]);
});

describe("what is not an export", () => {
  test.each([
    ["a folder that is not there", "nowhere", "It is not there"],
    ["a folder without one", ".", "Neither a tenant.yaml nor a folder"],
    ["a file that holds a list", "list.yaml", "It does not hold sections"],
  ])("is refused: %s", async (_, name, says) => {
    const directory = subject.makeProject({ "list.yaml": "- a\n" });
    const before = readFiles(directory);
    await expect(subject.adopt(directory, { from: join(directory, name) })).rejects.toMatchObject({
      code: "ADOPT_SOURCE_UNKNOWN",
      exitCode: 2,
      message: expect.stringContaining(says),
    });
    expect(readFiles(directory)).toEqual(before);
  });

  test("is refused: a folder with a file that cannot be parsed, by its name", async () => {
    const from = mkdtempSync(join(folder, "broken-"));
    mkdirSync(join(from, "clients"));
    writeFileSync(join(from, "clients/Shop.json"), '{ "name": ');
    await expect(subject.adopt(subject.makeProject(), { from })).rejects.toMatchObject({
      code: "ADOPT_SOURCE_UNKNOWN",
      exitCode: 2,
      message: expect.stringMatching(/The Deploy CLI cannot load it: .*Shop\.json/),
    });
  });

  test("is refused: a file outside of it, by its line", async () => {
    const directory = subject.makeProject();
    const from = mkdtempSync(join(folder, "outside-"));
    writeFileSync(join(folder, "secret.html"), "not yours");
    writeFileSync(join(from, "tenant.yaml"), "pages:\n  - name: login\n    html: ../secret.html\n");
    await expect(subject.adopt(directory, { from })).rejects.toMatchObject({ code: "TENANT_FILE_OUTSIDE" });
  });
});

test("keywords of an export stay keywords, in the form that means what they stand for", async () => {
  const directory = subject.makeProject();
  const from = mkdtempSync(join(folder, "keywords-"));
  writeFileSync(
    join(from, "tenant.yaml"),
    `clients:
  - name: "##NAME## shop"
    callbacks: @@CALLBACKS@@
    jwt_configuration: { lifetime_in_seconds: ##LIFETIME## }
    description: @@TEXT@@
`,
  );
  const { adopted, leftOut } = await subject.adopt(directory, { from });
  expect({ adopted, leftOut }).toEqual({ adopted: ["client ##NAME## shop"], leftOut: [] });
  expect(readFiles(directory).get("tenant.yaml")?.split("\n").slice(3)).toEqual([
    "clients:",
    '  - name: "##NAME## shop"',
    "    callbacks: @@CALLBACKS@@",
    "    jwt_configuration:",
    "      lifetime_in_seconds: ##LIFETIME##",
    '    description: "@@TEXT@@"',
    "",
  ]);
});

test.each(["/ledger/", "/api/v2/", ""])(
  "an address of the tenant's own is adopted: https://<tenant>%s",
  async (path) => {
    const directory = subject.makeProject();
    const from = mkdtempSync(join(folder, "addresses-"));
    const identifier = `https://${subject.environment.AUTH0_DOMAIN}${path}`;
    writeFileSync(join(from, "tenant.yaml"), `resourceServers:\n  - name: Ledger\n    identifier: ${identifier}\n`);
    const { leftOut } = await subject.adopt(directory, { from });
    expect(leftOut).toEqual([]);
    expect(readFiles(directory).get("tenant.yaml")).toContain(`identifier: "https://##AUTH0_DOMAIN##${path}"`);
  },
);
