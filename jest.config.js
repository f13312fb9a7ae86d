import { availableParallelism } from "node:os";

/**
 * Sources and ESM-only packages are turned into CommonJS by esbuild on the way into jest (test/support/esbuild-transformer.cjs):
 * jest loads CommonJS, jose and openid-client ship ES modules only, and Node's own require(esm) does not reach jest's loader.
 */
const esmOnlyPackages = ["jose", "openid-client", "oauth4webapi"];

/** Where packages of many files come in, which jest then loads as one each: loading a file costs it in each file of tests. */
const bundled = [
  "auth0/dist/cjs/index.js",
  "jose/dist/webapi/index.js",
  "stripe/cjs/stripe.cjs.node.js",
  "validator/index.js",
  "yaml/dist/index.js",
  "z-schema/src/ZSchema.js",
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/stay-offline.ts",
  setupFiles: ["<rootDir>/test/support/leave-no-storage.ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // With commands of their own: they take minutes, or need more than Node.
  testPathIgnorePatterns: [
    "<rootDir>/test/faults/",
    "<rootDir>/test/differential/",
    "<rootDir>/test/browser/",
    "<rootDir>/test/gateways-real/",
    "\\.(process|redis)\\.test\\.ts$",
  ],
  transform: { "\\.(ts|js|mjs)$": ["<rootDir>/test/support/esbuild-transformer.cjs", { bundled }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyPackages.join("|")})/|(${bundled.join("|")})$)`],
  // Tests import what they use of jest; an object of seventy functions for each module that is loaded is not made.
  injectGlobals: false,
  runtime: "<rootDir>/test/support/compile-once-runtime.cjs",
  resolver: "<rootDir>/test/support/actions/resolve-packages.cjs",
  // The build compiles these tables into Actions; tests have their own.
  moduleNameMapper: { "^tenant:(grants|billing)$": "<rootDir>/test/support/actions/tenant-$1.ts" },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.local/"],
  // What Actions print is looked at by their tests; on the screen it would only hide the results.
  silent: true,
  coverageProvider: "v8",
  // Two a core: many tests wait for an answer, a timer or a key, and leave their core to another meanwhile.
  maxWorkers: 2 * availableParallelism(),
  // A worker that has nothing open still has hundreds of megabytes to give back, which on a busy machine takes longer than half a second.
  workerGracefulExitTimeout: 10_000,
  // Only for what hangs: a busy machine is not a mistake, and what has a time limit has a clock of its own.
  testTimeout: 60_000,
};
