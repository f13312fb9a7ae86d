import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Files that did not come to their tests: a mutant that does not compile is not killed by a test. */
  readonly broken: number;
  /** The first test that failed. */
  readonly firstFailure: string | undefined;
}

/** Milliseconds: a mutant may wait forever, and then no test has said what is wrong. */
const LONGEST = 10 * 60_000;

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly { status: string; fullName: string }[] }[];
}

/** Jest's tests of these files and folders. @throws {Error} when jest says nothing */
export function runTests(directory: string, tests: readonly string[]): TestRun {
  const report = join(directory, "test-report.json");
  rmSync(report, { force: true });
  const { stderr } = spawnSync(
    process.execPath,
    ["node_modules/jest/bin/jest.js", "--bail=1", "--maxWorkers=2", "--json", `--outputFile=${report}`, ...tests],
    { cwd: directory, timeout: LONGEST, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  let result: JestResult;
  try {
    result = JSON.parse(readFileSync(report, "utf8")) as JestResult;
  } catch (cause) {
    throw new Error(`Jest gave no report of ${tests.join(" ")}:\n${stderr}`, { cause });
  }
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    broken: result.numRuntimeErrorTestSuites,
    firstFailure: result.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .find(({ status }) => status === "failed")?.fullName,
  };
}
