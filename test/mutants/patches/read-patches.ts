import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A change to the code that must turn a test red. */
export interface PatchedMutant {
  readonly name: string;
  /** What is wrong with it, in a sentence. */
  readonly about: string;
  /** Files and folders of the tests of which one must fail. */
  readonly tests: readonly string[];
  /** For `git apply`. */
  readonly patchFile: string;
}

/** The `.patch` files of a folder: a sentence, a line `Tests: <paths>`, a diff. @throws {Error} of one without these */
export function readPatches(folder: string): readonly PatchedMutant[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".patch"))
    .sort()
    .map((file) => {
      const patchFile = join(folder, file);
      const [, about, tests] = /^(.+)\n\nTests: (.+)\n\n--- a\//.exec(readFileSync(patchFile, "utf8")) ?? [];
      if (about === undefined || tests === undefined) {
        throw new Error(`${patchFile} does not begin with a sentence, a line "Tests: <paths>" and a diff.`);
      }
      return { name: file.slice(0, -".patch".length), about, tests: tests.split(" "), patchFile };
    });
}
