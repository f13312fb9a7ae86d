import { expect, test } from "@jest/globals";
import { simulate } from "../../../bench/ration/simulate.ts";

/** `npm run bench -- ration` does the same for 45 days with up to 20,000 payers. */
test.each([
  { payers: 20, freeAccounts: 10, hasWebhooks: false, stepMinutes: 60, days: 45 },
  { payers: 20, freeAccounts: 10, hasWebhooks: true, stepMinutes: 60, days: 45 },
  { payers: 200, freeAccounts: 10, hasWebhooks: false, stepMinutes: 60, days: 10 },
  { payers: 1500, freeAccounts: 10, hasWebhooks: false, stepMinutes: 60, days: 1 },
])("no payer is refused for want of reads, and the account's are not overspent: %j", async (simulation) => {
  const outcome = await simulate(simulation);
  expect(outcome).toMatchObject({ refusedPayers: 0, freeRides: 0, longestWait: 0 });
  expect(outcome.mostReads).toBeLessThanOrEqual(outcome.allowedReads);
  expect(outcome.longestRide).toBeLessThanOrEqual(simulation.hasWebhooks ? 0 : 24);
});
