import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

type Resolve = (request: string, options: { basedir: string; rootDir: string; defaultResolver: unknown }) => string;

const file = join(import.meta.dirname, "resolve-packages.cjs");
let rootDir: string;
let resolve: Resolve;
beforeEach(() => {
  rootDir = mkdtempSync(join(tmpdir(), "project-"));
  writePackage("node_modules/greeting", "2.0.0");
  writePackage(".local/packages/greeting@1.0.0/node_modules/greeting", "1.0.0");
  writePackage(".local/packages/@in+word@1.0.0/node_modules/@in/word", "1.0.0");
  writeFileSync(
    join(rootDir, "tenant.yaml"),
    `actions:
  - { name: new, code: ./dist/actions/new.js, secrets: [{ name: A, value: @@A@@ }], dependencies: [{ name: greeting, version: 2.0.0 }] }
  - { name: old, code: ./dist/actions/old.js, dependencies: [{ name: greeting, version: 1.0.0 }, { name: "@in/word", version: 1.0.0 }] }
  - { name: lost, code: ./dist/actions/lost.js, dependencies: [{ name: greeting, version: 3.0.0 }] }
`,
  );
  // A fresh one reads this project's tenant.yaml.
  const require = createRequire(file);
  delete require.cache[file];
  resolve = require(file) as Resolve;
});
afterEach(() => rmSync(rootDir, { recursive: true }));

function writePackage(folder: string, version: string): void {
  mkdirSync(join(rootDir, folder), { recursive: true });
  writeFileSync(join(rootDir, folder, "package.json"), JSON.stringify({ version, main: "index.js" }));
}

const from = (folder: string, request: string): string =>
  resolve(request, {
    basedir: join(rootDir, folder),
    rootDir,
    defaultResolver: (_: string, { basedir }: { basedir: string }) => basedir.slice(rootDir.length + 1),
  });

test.each([
  ["the project's own version", "actions/new", "greeting", "actions/new"],
  ["another version", "actions/old", "greeting", ".local/packages/greeting@1.0.0"],
  ["a part of a scoped package", "actions/old/parts", "@in/word/x.js", ".local/packages/@in+word@1.0.0"],
  ["what is shared and agreed on", "actions/shared", "@in/word", ".local/packages/@in+word@1.0.0"],
  ["what is shared and not agreed on", "actions/shared", "greeting", "actions/shared"],
  ["an undeclared package", "actions/old", "yaml", "actions/old"],
  ["a module of Node", "actions/old", "node:fs", "actions/old"],
  ["a file", "actions/old", "./greeting", "actions/old"],
  ["a file outside Actions", "scripts", "greeting", "scripts"],
])("for unit tests %s is looked for in the right folder", (_, folder, request, expected) => {
  expect(from(folder, request)).toBe(expected);
});

test("a version that is not here is an error that says what to do", () => {
  expect(() => from("actions/lost", "greeting")).toThrow(
    'greeting@3.0.0, which tenant.yaml declares for actions/lost, is not on this machine. "npm run build" installs it.',
  );
});
