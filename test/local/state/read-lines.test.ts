import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readLines } from "../../../local/state/read-lines.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "lines-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const TEXTS: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
  ["an empty file", "", []],
  ["one line", "one\n", ["one"]],
  ["empty lines", "\none\n\n\ntwo\n", ["", "one", "", "", "two"]],
  ["a last line that was cut off", "one\ntwo\nthr", ["one", "two"]],
  ["nothing but a line that was cut off", "thr", []],
  ["letters of several bytes", "zoë\n日本語\n🂡🂱\n", ["zoë", "日本語", "🂡🂱"]],
  ["a line much longer than what is read at once", `${"long ".repeat(40)}\nshort\n`, ["long ".repeat(40), "short"]],
];
const SIZES = [1, 2, 3, 7, 64, 1 << 20];

test.each(TEXTS.flatMap((row) => SIZES.map((size) => [row[0], size, row] as const)))(
  "%s is read in pieces of %i bytes",
  (_what, size, [, text, lines]) => {
    const file = join(directory, "file");
    writeFileSync(file, text);
    expect(Array.from(readLines(file, size), String)).toEqual(lines);
  },
);
