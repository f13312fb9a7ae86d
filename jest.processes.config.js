import base from "./jest.config.js";

/** Suites that start, signal and kill processes, as a shell or a pipeline does: npm run test:processes. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/**/*.process.test.ts"],
  testPathIgnorePatterns: [],
  testTimeout: 60_000,
};
