import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { runWorld } from "../../../bench/soak-payers/world.ts";

/** A small run of `npm run soak:payers`: two weeks of some people, with webhooks lost, doubled and late, and Stripe down for hours. */
beforeEach(() => {
  for (const method of ["log", "error"] as const) jest.spyOn(console, method).mockImplementation(() => {});
});
afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  ["login", 7],
  ["checkout", 14],
] as const)(
  "nobody who pays is refused for more than a minute, and nobody else let in beyond the grace: customers made at the %s",
  async (customer, seed) => {
    const { requests, refusedPayers, guests, graces, longestGuest } = await runWorld({ seed, people: 5, customer });
    expect([refusedPayers, guests]).toEqual([0, 0]);
    expect([requests > 100, graces > 10, longestGuest > 12]).toEqual([true, true, true]);
  },
);

test("a receiver that takes webhooks and does nothing is noticed", async () => {
  const { guests } = await runWorld({ seed: 14, people: 5, customer: "checkout", isDeaf: true });
  expect(guests).toBeGreaterThan(0);
});
