import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const start = join(import.meta.dirname, "../../../scripts/start");
const urlOf = (file: string): string => JSON.stringify(pathToFileURL(join(start, file)).href);
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "make-bundle-"));
  cpSync(start, join(root, "scripts/start"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a command prints whose sources are these, bundled and run in a process of its own. */
function run(sources: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(sources)) writeFileSync(join(root, "scripts", file), text);
  const command = JSON.stringify({ root, name: "none", file: join(root, "cache/none.cjs") });
  const program = `
    import { makeBundle } from ${urlOf("make-bundle.mjs")};
    import { loadBundle } from ${urlOf("load-bundle.mjs")};
    await loadBundle(await makeBundle(${command})).main();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
    encoding: "utf8",
    env: {},
  });
  return { stdout, stderr };
}

test("a module that is imported later is, and Node warns of nothing", () => {
  const main = `export async function main() {
    const { sep } = await import("node:path");
    const { word } = await import("./later.ts");
    console.log(sep, word);
  }`;
  expect(run({ "main.ts": main, "later.ts": 'export const word: string = "later";' })).toEqual({
    stdout: "/ later\n",
    stderr: "",
  });
});

test("a bundled module knows its own folder, and is as strict as the ES module that it was", () => {
  const main = `export function main() {
    const fixed = Object.freeze({ one: 1 });
    try { (fixed as { one: number }).one = 3; } catch { console.log("refused"); }
    console.log(import.meta.dirname, (function (this: unknown) { return this; })());
  }`;
  expect(run({ "main.ts": main })).toEqual({ stdout: `refused\n${join(root, "scripts")} undefined\n`, stderr: "" });
});
