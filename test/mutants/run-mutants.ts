import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { copyCheckout } from "./copy-checkout.ts";
import { type Mutant, readMutants } from "./read-mutants.ts";
import { runTests } from "./run-tests.ts";

/**
 * `npm run test:mutation [-- name…]`: applies each mutant of this folder to a copy of the checkout, one by one, and runs the tests that
 * it names. Exits 1 if one survives.
 */
const root = join(import.meta.dirname, "../..");
const wanted = process.argv.slice(2);
const mutants = readMutants(import.meta.dirname).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (mutants.length === 0) throw new Error(`There is no mutant ${wanted.join(", ")} in test/mutants.`);

const copy = copyCheckout(root);
try {
  checkTests(mutants.flatMap(({ tests }) => tests));
  const survivors = mutants.filter((mutant) => !isKilled(mutant));
  console.log(`${mutants.length - survivors.length} of ${mutants.length} mutants killed`);
  for (const { name, about } of survivors) console.log(`  survived: ${name}. ${about}`);
  if (survivors.length > 0) process.exitCode = 1;
} finally {
  copy.remove();
}

/** Where tests fail anyway, a mutant's failing says nothing. @throws {Error} */
function checkTests(tests: readonly string[]): void {
  const { failed, broken, firstFailure } = runTests(copy.directory, [...new Set(tests)]);
  if (failed + broken > 0) throw new Error(`Without a mutant tests fail: ${firstFailure ?? "a file does not run"}`);
}

function isKilled({ name, tests, patchFile }: Mutant): boolean {
  apply(patchFile);
  try {
    const { passed, failed, broken, firstFailure } = runTests(copy.directory, tests);
    if (broken > 0 || passed + failed === 0) throw new Error(`${name}: the tests do not run with it. Write it anew.`);
    console.log(
      `${failed > 0 ? "killed  " : "SURVIVED"}  ${name}${firstFailure === undefined ? "" : `: ${firstFailure}`}`,
    );
    return failed > 0;
  } finally {
    apply(patchFile, "--reverse");
  }
}

/** @throws {Error} where the code has moved on: the patch has to follow */
function apply(patchFile: string, ...options: readonly string[]): void {
  execFileSync("git", ["apply", ...options, patchFile], { cwd: copy.directory });
}
