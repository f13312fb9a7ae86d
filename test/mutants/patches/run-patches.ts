import { execFileSync } from "node:child_process";
import { copyCheckout } from "./copy-checkout.ts";
import { type PatchedMutant, readPatches } from "./read-patches.ts";
import { runTests } from "./run-tests.ts";

/**
 * Applies each patch of this folder to a copy of the checkout, one by one, and runs the tests that it names; says whether each turned
 * one red.
 *
 * @param wanted their names; none: all of them
 */
export function runPatches(root: string, wanted: readonly string[]): boolean {
  const mutants = readPatches(import.meta.dirname).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (mutants.length === 0) throw new Error(`There is no patch ${wanted.join(", ")} in test/mutants/patches.`);

  const copy = copyCheckout(root);
  try {
    checkTests(
      copy.directory,
      mutants.flatMap(({ tests }) => tests),
    );
    const survivors = mutants.filter((mutant) => !isKilled(copy.directory, mutant));
    console.log(`${mutants.length - survivors.length} of ${mutants.length} patches killed`);
    for (const { name, about } of survivors) console.log(`  survived: ${name}. ${about}`);
    return survivors.length === 0;
  } finally {
    copy.remove();
  }
}

/** Where tests fail anyway, a mutant's failing says nothing. @throws {Error} */
function checkTests(directory: string, tests: readonly string[]): void {
  const { failed, broken, firstFailure } = runTests(directory, [...new Set(tests)]);
  if (failed + broken > 0) throw new Error(`Without a mutant tests fail: ${firstFailure ?? "a file does not run"}`);
}

function isKilled(directory: string, { name, tests, patchFile }: PatchedMutant): boolean {
  apply(directory, patchFile);
  try {
    const { passed, failed, broken, firstFailure } = runTests(directory, tests);
    if (broken > 0 || passed + failed === 0) throw new Error(`${name}: the tests do not run with it. Write it anew.`);
    console.log(
      `${failed > 0 ? "killed  " : "SURVIVED"}  ${name}${firstFailure === undefined ? "" : `: ${firstFailure}`}`,
    );
    return failed > 0;
  } finally {
    apply(directory, patchFile, "--reverse");
  }
}

/** @throws {Error} where the code has moved on: the patch has to follow */
function apply(directory: string, patchFile: string, ...options: readonly string[]): void {
  execFileSync("git", ["apply", ...options, patchFile], { cwd: directory });
}
