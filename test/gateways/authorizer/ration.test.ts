import { expect, test } from "@jest/globals";
import { simulate } from "../../../bench/ration/simulate.ts";

/** `npm run bench -- ration` does the same with up to 20,000 payers. */
test.each([
  { payers: 20, freeAccounts: 3, days: 45 },
  { payers: 200, freeAccounts: 10, days: 45 },
  { payers: 1500, freeAccounts: 10, days: 9 },
])("no payer is refused for want of reads, and the account's are not overspent: %j", async (simulation) => {
  const outcome = await simulate(simulation);
  expect(outcome).toMatchObject({ refusedPayers: 0, freeRides: 0 });
  expect(outcome.mostReads).toBeLessThanOrEqual(outcome.allowedReads);
  expect(outcome.longestWait).toBeLessThanOrEqual(10);
  expect(outcome.longestRide).toBeLessThanOrEqual(24);
});
