import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import vm from "node:vm";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compile-once-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

function load<T>(path: string): T {
  let loaded: T | undefined;
  jest.isolateModules(() => {
    loaded = require(path);
  });
  return loaded as T;
}

test("a module is compiled once, and has a state of its own each time that it is loaded", () => {
  const path = write("counter.cjs", "let n = 0; module.exports = { count: () => ++n };");
  const { Script } = vm;
  const compile = jest.spyOn(vm, "Script").mockImplementation((code, options) => new Script(code, options));
  const [first, second] = [load<{ count: () => number }>(path), load<{ count: () => number }>(path)];
  const compiled = compile.mock.calls.map(([, options]) => (options as vm.ScriptOptions).filename);
  compile.mockRestore();
  expect(first.count()).toBe(1);
  expect(first.count()).toBe(2);
  expect(second.count()).toBe(1);
  expect(compiled).toEqual([path]);
});

test("a module is this file's: its objects are those that a test makes", () => {
  expect(load<object>(write("realm.cjs", "module.exports = { made: [], error: new Error('x') };"))).toStrictEqual({
    made: [],
    error: new Error("x"),
  });
});

test("an error names the line and the column of the file, in its first line too", () => {
  const { fail } = load<{ fail: () => Error }>(
    write("fails.cjs", "exports.fail = () => new Error('first');\nexports.later = () => new Error('second');"),
  );
  expect(fail().stack).toContain("fails.cjs:1:22");
});

test("a last line that is a comment ends with the file", () => {
  expect(load(write("comment.cjs", "module.exports = 1; // the end"))).toBe(1);
});

test("what cannot be compiled is refused with jest's own advice", () => {
  const path = write("module.cjs", "import 'node:fs';");
  expect(() => load(path)).toThrow(
    expect.objectContaining({ stack: expect.stringContaining("Jest encountered an unexpected token") }),
  );
});

test("a module may have a name of its own for what is a global elsewhere, and may be strict", () => {
  const code = `"use strict"; const Map = 1; var Set = 2; function URL() { return this; } module.exports = [Map, Set, URL()];`;
  expect(load(write("names.cjs", code))).toEqual([1, 2, undefined]);
});

test("a module sees what a test puts in the place of a global after it was loaded", async () => {
  const { ask, read } = load<{ ask: () => Promise<unknown>; read: () => number }>(
    write("replaced.cjs", `exports.ask = () => fetch("https://example.com"); exports.read = () => Date.now();`),
  );
  const mocked = jest.spyOn(globalThis, "fetch").mockResolvedValue(Response.json("mocked"));
  jest.useFakeTimers({ now: 1_795_262_400_000 });
  const seen = [await ask().then((answer) => (answer as Response).json()), read()];
  jest.useRealTimers();
  mocked.mockRestore();
  expect(seen).toEqual(["mocked", 1_795_262_400_000]);
});
