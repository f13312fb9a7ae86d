import base from "./jest.config.js";

/** Drives a real Chromium, which `npm test` does not need: npm run test:browser. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/browser/**/*.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: "100%",
};
