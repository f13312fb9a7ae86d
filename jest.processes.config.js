import base from "./jest.config.js";

/** Suites that start, signal and kill processes and threads, as a shell, a pipeline or the platform does. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/**/*.process.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: "100%",
  // Whole deploys, on a machine that may be busy with others.
  testTimeout: 300_000,
};
