import base from "./jest.config.js";

/** The properties of `npm test`, each on new values for a while: `npm run fuzz`, or `FUZZ_SECONDS=600 npm run fuzz -- <file>`. */
process.env.FUZZ_SECONDS ??= "10";

export default {
  ...base,
  // They print what they began with.
  silent: false,
  testMatch: ["<rootDir>/test/**/*.property.test.ts"],
  maxWorkers: "100%",
  testTimeout: 1000 * (60 + 2 * Number(process.env.FUZZ_SECONDS)),
};
