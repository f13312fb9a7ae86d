import base from "./jest.config.js";

/** Faults at every request of a deploy: minutes, so `npm test` leaves it out. */
export default {
  ...base,
  // They print their tables.
  silent: false,
  globalSetup: "<rootDir>/test/faults/record-rows.ts",
  globalTeardown: "<rootDir>/test/faults/print-tables.ts",
  testMatch: ["<rootDir>/test/faults/**/*.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: "100%",
  testTimeout: 600_000,
};
