import { createTwoFilesPatch } from "diff";
import { transformSync } from "esbuild";
import type { DesiredAction } from "../../plan/desired.ts";

/** A longer line is nothing that a person reads. */
const READABLE_LINE = 300;

/** Unified diff of two states of an Action's code; minified code is laid out first, one statement a line. */
export function renderCodeDiff(
  { name, file = `dist/actions/${name}.js` }: Pick<DesiredAction, "name" | "file">,
  before: string,
  after: string,
): string {
  const isMinified = [before, after].some((code) => code.split("\n").some((line) => line.length > READABLE_LINE));
  const laidOut = isMinified ? [layOut(before), layOut(after)] : [before, after];
  // Laid out, two states that differ in blanks alone would be the same.
  const [from = before, to = after] = laidOut[0] === laidOut[1] ? [before, after] : laidOut;
  const patch = createTwoFilesPatch(`live/${name}.js`, file.replace(/^\.\//, ""), from, to, "", "", { context: 3 });
  return patch.replace(/^=+\n/, "");
}

/** What cannot be parsed, somebody's edit by hand for one, stays as it is. */
function layOut(code: string): string {
  try {
    return transformSync(code, { loader: "js", logLevel: "silent", charset: "utf8" }).code;
  } catch {
    return code;
  }
}
