import { expect, test } from "@jest/globals";
import { createPace } from "../../../scripts/backfill/pace.ts";

/**
 * A clock on which waiting alone takes time, and is late by so many milliseconds, every so many times by so many more: as where
 * others have the processor.
 */
function createClock(late: number, stall = { every: Number.POSITIVE_INFINITY, late: 0 }) {
  let now = 0;
  let waits = 0;
  return {
    now: () => now,
    wait: async (milliseconds: number) => {
      waits += 1;
      now += milliseconds + late + (waits % stall.every === 0 ? stall.late : 0);
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
  const pace = createPace(rate, { clock: clock.now, wait: clock.wait });
  let count = 0;
  while (clock.now() < 10_000) {
    await pace(async () => {});
    count += 1;
  }
  expect(count).toBeGreaterThanOrEqual(rate * 10 * 0.98);
  expect(count).toBeLessThanOrEqual(rate * 10 + rate / 10 + 1);
});

test("a minute without a call gives no more than any other second", async () => {
  const clock = createClock(0);
  const pace = createPace(25, { clock: clock.now, wait: clock.wait });
  clock.advance(60_000);
  for (let call = 0; call < 51; call += 1) await pace(async () => {});
  expect(clock.now()).toBeGreaterThanOrEqual(62_000);
});

/** Refuses what is more than so many in a second, whichever second that is, as Stripe does. */
function createLimited(limit: number, now: () => number) {
  const admitted: number[] = [];
  let refused = 0;
  return {
    admitted,
    refusals: () => refused,
    call: async () => {
      if (admitted.filter((at) => now() - at < 1000).length < limit) return admitted.push(now());
      refused += 1;
      throw new Error("rate limit");
    },
  };
}

test.each([
  { asked: 100, limit: 25 },
  { asked: 25, limit: 25 },
  { asked: 100, limit: 60 },
  { asked: 9999, limit: 100 },
  { asked: 20, limit: 10 },
])(
  "asked for $asked a second where $limit are allowed, it uses nine tenths of them and seldom asks for more",
  async ({ asked, limit }) => {
    const clock = createClock(2);
    const service = createLimited(limit, clock.now);
    const pace = createPace(asked, { clock: clock.now, wait: clock.wait, isRefusal: () => true });
    while (clock.now() < 60_000) {
      await pace(service.call);
      clock.advance(0.1);
    }
    expect(service.admitted.length).toBeGreaterThanOrEqual(limit * 60 * 0.9);
    expect(service.refusals()).toBeLessThanOrEqual(service.admitted.length * 0.2);
  },
);

test.each([
  { asked: 25, limit: 25, stall: { every: 10, late: 400 } },
  { asked: 100, limit: 100, stall: { every: 25, late: 400 } },
  { asked: 100, limit: 100, stall: { every: 60, late: 900 } },
  { asked: 100, limit: 25, stall: { every: 10, late: 400 } },
  { asked: 9999, limit: 100, stall: { every: 25, late: 300 } },
])(
  "asked for $asked a second where $limit are allowed, on a machine that stalls for $stall.late ms, it still uses nine tenths",
  async ({ asked, limit, stall }) => {
    const clock = createClock(2, stall);
    const service = createLimited(limit, clock.now);
    const pace = createPace(asked, { clock: clock.now, wait: clock.wait, isRefusal: () => true });
    while (clock.now() < 60_000) {
      await pace(service.call);
      clock.advance(0.1);
    }
    expect(service.admitted.length).toBeGreaterThanOrEqual(limit * 60 * 0.9);
    expect(service.refusals()).toBeLessThanOrEqual(service.admitted.length * 0.2);
  },
);

test("it is back at what was asked for two minutes after the last refusal", async () => {
  const clock = createClock(0);
  const limited = createLimited(5, clock.now);
  const free = async () => {};
  const pace = createPace(50, { clock: clock.now, wait: clock.wait, isRefusal: () => true });
  while (clock.now() < 10_000) await pace(limited.call);
  while (clock.now() < 130_000) await pace(free);
  const start = clock.now();
  for (let call = 0; call < 100; call += 1) await pace(free);
  expect(clock.now() - start).toBeLessThanOrEqual(2_100);
});

test("what fails for another reason does not slow it down", async () => {
  const clock = createClock(0);
  const pace = createPace(50, { clock: clock.now, wait: clock.wait, isRefusal: (error) => error === "refused" });
  for (let call = 0; call < 100; call += 1) await pace(() => Promise.reject("broken")).catch(() => {});
  expect(clock.now()).toBeLessThanOrEqual(2_000);
});
