import base from "./jest.config.js";

/** The sweep of faults over every request of a deploy: minutes, so `npm test` leaves it out. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/faults/**/*.test.ts"],
  testPathIgnorePatterns: [],
  testTimeout: 1_200_000,
};
