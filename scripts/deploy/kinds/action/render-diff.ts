import { createTwoFilesPatch } from "diff";
import { transformSync } from "esbuild";

/** A longer line is nothing that a person reads. */
const READABLE_LINE = 300;

/** Unified diff of two states of an Action's code; minified code is laid out first, one statement a line. */
export function renderCodeDiff(name: string, before: string, after: string): string {
  const isMinified = [before, after].some((code) => code.split("\n").some((line) => line.length > READABLE_LINE));
  const [from, to] = isMinified ? [layOut(before), layOut(after)] : [before, after];
  const patch = createTwoFilesPatch(`live/${name}.js`, `dist/actions/${name}.js`, from, to, "", "", { context: 3 });
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
