import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import { strykerPlugins as jestPlugins } from "@stryker-mutator/jest-runner";

/** In the copy of the project that all of Stryker's processes work in: the files of a test, by the test's name. */
const FILES_OF_TESTS = ".files-of-tests.json";

const require = createRequire(import.meta.url);
/** Told by its path, for jest to load it by `require` as well: so both have the same `trial`. */
const testEnvironment = require.resolve("./failing-once-environment.cjs");
const { trial } = require(testEnvironment);

/**
 * Stryker's runner for jest, which hands jest the names of the tests that reach a mutant and still has it load every file of tests.
 * This one remembers of the first run which file has which test, and has jest load the files of those tests alone, until one fails.
 */
class CoveringRunner {
  #jest;

  constructor(jest) {
    this.#jest = jest;
  }

  capabilities() {
    return this.#jest.capabilities();
  }

  init() {
    return this.#jest.init();
  }

  async dryRun(options) {
    const result = await this.#jest.dryRun(options);
    const files = {};
    for (const { id, fileName } of result.tests ?? []) files[id] = [...new Set([...(files[id] ?? []), fileName])];
    writeFileSync(FILES_OF_TESTS, JSON.stringify(files));
    return result;
  }

  async mutantRun(options) {
    const { jestConfig } = this.#jest;
    const files = JSON.parse(readFileSync(FILES_OF_TESTS, "utf8"));
    const covering = options.testFilter?.flatMap((id) => files[id] ?? []);
    try {
      trial.hasFailed = false;
      const only = covering === undefined ? {} : { testMatch: [...new Set(covering)] };
      this.#jest.jestConfig = { ...jestConfig, ...only, testEnvironment };
      const result = await this.#jest.mutantRun(options);
      if (result.status !== "error") return result;
      // What a file of tests does when it is loaded has failed, and with it all its tests. To Stryker that would be a mistake of ours.
      return {
        status: "killed",
        killedBy: options.testFilter ?? [],
        failureMessage: result.errorMessage,
        nrOfTests: 1,
      };
    } finally {
      this.#jest.jestConfig = jestConfig;
    }
  }
}

const [{ factory: createJestRunner }] = jestPlugins;
const createCoveringRunner = (injector) => new CoveringRunner(injector.injectFunction(createJestRunner));
createCoveringRunner.inject = tokens(commonTokens.injector);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "covering", createCoveringRunner)];
