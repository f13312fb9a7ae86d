import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const loader = pathToFileURL(join(import.meta.dirname, "../../../scripts/start/load-bundle.mjs")).href;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "load-bundle-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Loads a bundle whose main says a word, in a process of its own, and answers what that printed. */
function start(
  word: string,
  id: string,
  { flags = [], calls = "0" }: { flags?: string[]; calls?: string } = {},
): string {
  const numbers = Array.from({ length: 2_000 }, (_, index) => index);
  const code = `(function (exports, require, module) {
    ${numbers.map((number) => `function add${number}(value) { return value + ${number}; }`).join("\n")}
    function much() { ${numbers.map((number) => `add${number}(1);`).join("")} }
    exports.main = (calls) => {
      if (calls > 0) much();
      console.log("${word}", typeof require("node:fs"));
    };})`;
  writeFileSync(join(directory, "bundle.json"), JSON.stringify({ file: join(directory, "bundle.cjs"), code, id }));
  const program = `
    import { readFileSync } from "node:fs";
    import { loadBundle } from ${JSON.stringify(loader)};
    loadBundle(JSON.parse(readFileSync("bundle.json", "utf8"))).main(Number(process.env.CALLS));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    cwd: directory,
    encoding: "utf8",
    env: { CALLS: calls },
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout;
}

const kept = (): Buffer => readFileSync(join(directory, "bundle.cjs.compiled"));

test("what one start has compiled is kept for the next, which runs the same", () => {
  expect(start("one", "a")).toBe("one object\n");
  const first = kept();
  expect(start("one", "a")).toBe("one object\n");
  expect(kept()).toEqual(first);
});

test("a start that compiles more than the one before it, which may only have printed help, has that kept", () => {
  start("one", "a");
  const first = kept().length;
  start("one", "a", { calls: "1" });
  expect(kept().length).toBeGreaterThan(first * 2);
});

test("another bundle of the same length is not run as the one before it", () => {
  expect(start("one", "a")).toBe("one object\n");
  expect(start("two", "b")).toBe("two object\n");
  expect(start("two", "b")).toBe("two object\n");
});

test.each([
  ["cut off", () => truncateSync(join(directory, "bundle.cjs.compiled"), 600)],
  ["empty", () => writeFileSync(join(directory, "bundle.cjs.compiled"), "")],
  ["another program's", () => writeFileSync(join(directory, "bundle.cjs.compiled"), '{"id":"a","size":1}\nabc')],
])("what was kept and is %s is made anew", (_what, damage) => {
  start("one", "a");
  const { length } = kept();
  damage();
  expect(start("one", "a")).toBe("one object\n");
  expect(kept().length).toBeGreaterThan(length * 0.9);
});

test("what was compiled with other flags of V8 is not run", () => {
  start("one", "a");
  expect(start("one", "a", { flags: ["--no-opt"] })).toBe("one object\n");
});

test("a command ends as it would have where nothing can be kept", () => {
  mkdirSync(join(directory, "bundle.cjs.compiled"));
  expect(start("one", "a")).toBe("one object\n");
  expect(statSync(join(directory, "bundle.cjs.compiled")).isDirectory()).toBe(true);
});
