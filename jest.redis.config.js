import base from "./jest.config.js";

/** Against real redis-servers: `npm run test:redis`. They start, freeze and kill them. */
export default {
  ...base,
  testMatch: ["<rootDir>/test/**/*.redis.test.ts"],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
};
