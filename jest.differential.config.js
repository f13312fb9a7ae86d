import base from "./jest.config.js";

/** Our reading and our deploy beside the Deploy CLI's own, on the same files: minutes, so `npm test` leaves it out. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/differential/**/*.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: "100%",
};
