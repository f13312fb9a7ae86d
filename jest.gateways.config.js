import base from "./jest.config.js";

/** Real gateways: `npm run test:gateways`. One after the other, because they share the machine's ports and its time. */
export default {
  ...base,
  // The package is installed into empty projects.
  globalSetup: "<rootDir>/test/support/make-local-keys.ts",
  // They print their tables.
  silent: false,
  testMatch: ["<rootDir>/test/gateways-real/**/*.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
  testTimeout: 20_000,
};
