import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createPackages, type Packages } from "../../../../../local/auth0/actions/packages/packages.ts";
import { type PackageRegistry, startPackageRegistry } from "../../../../support/package-registry.ts";

let registry: PackageRegistry;
let project: string;
let packages: Packages;
const offline = process.env.npm_config_offline;
beforeAll(async () => {
  delete process.env.npm_config_offline;
  delete process.env.npm_config_cache;
  registry = await startPackageRegistry([
    { name: "greeting", version: "1.0.0", code: "module.exports = 'hello';" },
    {
      name: "greeting",
      version: "2.0.0",
      code: "module.exports = require('@words/polite') + ' day';",
      dependencies: { "@words/polite": "^1.0.0" },
      scripts: { install: "node -e \"require('fs').writeFileSync('ran', '')\"" },
    },
    { name: "@words/polite", version: "1.1.0", code: "module.exports = 'good';" },
  ]);
});
afterAll(async () => {
  if (offline !== undefined) process.env.npm_config_offline = offline;
  await registry.close();
});
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  writeFileSync(join(project, "package.json"), "{}");
  // A user's own settings, a project's: that is where npm is told of a registry.
  writeFileSync(join(project, ".npmrc"), `registry=${registry.url}\ncache=${join(project, "cache")}\n`);
  packages = createPackages(project);
});
afterEach(() => {
  packages.close();
  rmSync(project, { recursive: true, force: true });
});

const load = (name: string, version: string): unknown =>
  createRequire(join(packages.find({ name, version }) ?? "/nowhere", "x.cjs"))(name);
const listFolders = (): string[] => readdirSync(join(project, ".local/packages")).sort();

test("two versions of a package are side by side, each with what it requires, and no script of theirs has run", async () => {
  await packages.ensure({ name: "greeting", version: "1.0.0" });
  await packages.ensure({ name: "greeting", version: "2.0.0" });
  await packages.ensure({ name: "@words/polite", version: "1.1.0" });
  expect([load("greeting", "1.0.0"), load("greeting", "2.0.0"), load("@words/polite", "1.1.0")]).toEqual([
    "hello",
    "good day",
    "good",
  ]);
  expect(listFolders()).toEqual(["@words+polite@1.1.0", "greeting@1.0.0", "greeting@2.0.0"]);
  const folder = join(project, ".local/packages/greeting@2.0.0");
  expect(existsSync(join(folder, "node_modules/greeting/ran"))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["node_modules", "package.json"]);
});

test("what the project itself has is not installed once more", async () => {
  mkdirSync(join(project, "node_modules/greeting"), { recursive: true });
  writeFileSync(join(project, "node_modules/greeting/package.json"), '{ "version": "9.0.0" }');
  await packages.ensure({ name: "greeting", version: "9.0.0" });
  expect(packages.find({ name: "greeting", version: "9.0.0" })).toBe(project);
  expect(await packages.findLatest("greeting")).toBe("9.0.0");
  expect(existsSync(join(project, ".local"))).toBe(false);
});

test("the latest version is the registry's where the project has none", async () => {
  expect(await packages.findLatest("greeting")).toBe("2.0.0");
});

test.each([
  ["a version that there is none of", "greeting", "3.0.0", "DEPENDENCY_NOT_FOUND", "npm view greeting versions"],
  ["a package that there is none of", "nobody-wrote-it", "1.0.0", "DEPENDENCY_NOT_FOUND", "E404"],
  ["a range", "greeting", "^1.0.0", "DEPENDENCY_NOT_FOUND", "exact version"],
  ["a path for a version", "greeting", "file:..", "DEPENDENCY_NOT_FOUND", "exact version"],
  ["a path for a name", "../greeting", "1.0.0", "DEPENDENCY_NOT_FOUND", "package name"],
])("%s is refused, and leaves nothing", async (_, name, version, code, says) => {
  await expect(packages.ensure({ name, version })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(says),
  });
  expect(existsSync(join(project, ".local/packages")) ? listFolders() : []).toEqual([]);
});

test("without a registry it says that it is offline, and nothing of the registry's address", async () => {
  writeFileSync(
    join(project, ".npmrc"),
    `registry=http://user:hidden-word@127.0.0.1:9/\ncache=${join(project, "c")}\n`,
  );
  const failure = packages.ensure({ name: "greeting", version: "1.0.0" });
  await expect(failure).rejects.toMatchObject({
    code: "DEPENDENCY_OFFLINE",
    message: "greeting@1.0.0 is not on this machine, and npm cannot reach a registry (ECONNREFUSED). Try again online.",
  });
});

test("two that want the same at once both have it, of one process or of two", async () => {
  const wanted = { name: "greeting", version: "2.0.0" };
  const other = createPackages(project);
  await Promise.all([packages.ensure(wanted), packages.ensure(wanted), other.ensure(wanted)]);
  expect(load("greeting", "2.0.0")).toBe("good day");
  expect(listFolders()).toEqual(["greeting@2.0.0"]);
});

test("a folder that something was taken out of is made anew", async () => {
  await packages.ensure({ name: "greeting", version: "1.0.0" });
  rmSync(join(project, ".local/packages/greeting@1.0.0/node_modules/greeting"), { recursive: true });
  await packages.ensure({ name: "greeting", version: "1.0.0" });
  expect(load("greeting", "1.0.0")).toBe("hello");
});

test("what a process leaves that was killed while it installed is not a package, and goes with the next install", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const left = join(project, `.local/packages/greeting@1.0.0.draft-${child.pid}-1`);
  mkdirSync(join(left, "node_modules/greeting"), { recursive: true });
  expect(packages.find({ name: "greeting", version: "1.0.0" })).toBeUndefined();
  await packages.ensure({ name: "greeting", version: "1.0.0" });
  expect(listFolders()).toEqual(["greeting@1.0.0"]);
});

test("an install that is ended by close is neither there nor a failure of the package", async () => {
  const ending = packages.ensure({ name: "greeting", version: "1.0.0" });
  packages.close();
  await expect(ending).rejects.toMatchObject({ name: "AbortError" });
  expect(listFolders()).toEqual([]);
});

test("the project's settings are not copied", async () => {
  await packages.ensure({ name: "greeting", version: "1.0.0" });
  expect(lstatSync(join(project, ".npmrc")).isFile()).toBe(true);
  expect(readFileSync(join(project, ".local/packages/greeting@1.0.0/package.json"), "utf8")).not.toContain("registry");
});
