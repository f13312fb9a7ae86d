import { expect, test } from "@jest/globals";
import { createPace } from "../../../scripts/backfill/pace.ts";

/** A clock on which waiting alone takes time, and is late by so many milliseconds. */
function createClock(late: number) {
  let now = 0;
  return {
    now: () => now,
    wait: async (milliseconds: number) => {
      now += milliseconds + late;
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test.each([
  [25, 0],
  [25, 5],
  [100, 0],
  [100, 15],
])("at %d a second with timers that are %d ms late, ten seconds let through what the rate says", async (rate, late) => {
  const clock = createClock(late);
  const pace = createPace(rate, clock.now, clock.wait);
  let count = 0;
  while (clock.now() < 10_000) {
    await pace();
    count += 1;
  }
  expect(count).toBeGreaterThanOrEqual(rate * 10 * 0.98);
  expect(count).toBeLessThanOrEqual(rate * 10 + rate / 10 + 1);
});

test("a minute without a call is not made up for", async () => {
  const clock = createClock(0);
  const pace = createPace(25, clock.now, clock.wait);
  clock.advance(60_000);
  for (let call = 0; call < 25; call += 1) await pace();
  expect(clock.now()).toBeGreaterThanOrEqual(60_800);
});
