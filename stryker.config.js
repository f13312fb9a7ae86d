/** What does not depend on the folder; the rest comes from test/mutants/drawn/run-drawn.ts. */
export default {
  testRunner: "covering",
  plugins: ["@stryker-mutator/jest-runner", "./test/mutants/drawn/covering-runner.js"],
  coverageAnalysis: "perTest",
  // What runs once, when a module is loaded, would have all tests of the folder run for each mutant.
  ignoreStatic: true,
  // There is no such file: Stryker would rewrite tsconfig.json by a function that TypeScript 7 does not have.
  tsconfigFile: "none.json",
  disableTypeChecks: false,
  // Milliseconds: a mutant that only was slow on a busy machine must not count as killed.
  timeoutMS: 30_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 15,
  tempDirName: ".local/mutants",
  cleanTempDir: "always",
  ignorePatterns: [".local", "dist", "coverage"],
  reporters: [],
  logLevel: "error",
  allowConsoleColors: false,
};
