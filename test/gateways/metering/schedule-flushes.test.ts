import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { type FlushSchedule, scheduleFlushes } from "../../../gateways/metering/schedule-flushes.ts";

const EVERY = 15_000;
let flushes: number;
let lines: string[];
/** What keeps the next flush from sending all; an error is thrown. */
let hindrance: string | Error | undefined;
let schedule: FlushSchedule | undefined;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, "random").mockReturnValue(0.5);
  [flushes, lines, hindrance, schedule] = [0, [], undefined, undefined];
});
afterEach(() => {
  schedule?.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const start = (every = EVERY, flush?: () => Promise<string | undefined>) => {
  const flushNow = async () => {
    flushes += 1;
    if (hindrance instanceof Error) throw hindrance;
    return hindrance;
  };
  schedule = scheduleFlushes({ flush: flush ?? flushNow, every, log: (line) => lines.push(line) });
};
const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
/** Milliseconds until the next flush. */
const measure = async () => {
  const before = flushes;
  let passed = 0;
  for (; flushes === before && passed < 200_000; passed += 100) await pass(100);
  return passed;
};

test("it flushes again and again", async () => {
  start();
  expect([await measure(), await measure(), await measure()]).toEqual([15_000, 15_000, 15_000]);
  expect(lines).toEqual([]);
});

test.each([
  [0, 12_000],
  [0.9999, 18_000],
])("by chance (%f) it is a fifth earlier or later", async (chance, expected) => {
  jest.spyOn(Math, "random").mockReturnValue(chance);
  start();
  expect(await measure()).toBe(expected);
});

test("after a failure it waits a second, then longer and longer, up to a minute, until one succeeds", async () => {
  start();
  hindrance = "500";
  const waits: number[] = [];
  for (let failure = 0; failure < 10; failure += 1) waits.push(await measure());
  expect(waits).toEqual([15_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  hindrance = undefined;
  expect([await measure(), await measure()]).toEqual([60_000, 15_000]);
  hindrance = "500";
  expect([await measure(), await measure()]).toEqual([15_000, 1_000]);
});

test("a fault of the disk is a failure, and is said", async () => {
  start();
  hindrance = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  await measure();
  expect(lines).toEqual([expect.stringMatching(/^metering: the directory is at fault \(ENOSPC\); it is tried again$/)]);
  expect(await measure()).toBe(1_000);
});

test("a flush begins after the one before it has ended, however long that takes", async () => {
  let end = () => {};
  start(EVERY, () => {
    flushes += 1;
    return new Promise((resolve) => {
      end = () => resolve(undefined);
    });
  });
  await pass(10 * EVERY);
  expect(flushes).toBe(1);
  end();
  expect(await measure()).toBe(15_000);
});

test("none comes after it was stopped, and none at all where none is to come by itself", async () => {
  start();
  await pass(EVERY);
  schedule?.stop();
  await pass(10 * EVERY);
  expect(flushes).toBe(1);
  start(0);
  await pass(10 * EVERY);
  expect(flushes).toBe(1);
});

test("one that was under way when it was stopped is the last", async () => {
  let end = () => {};
  start(EVERY, () => {
    flushes += 1;
    return new Promise((resolve) => {
      end = () => resolve(undefined);
    });
  });
  await pass(EVERY);
  schedule?.stop();
  end();
  await pass(10 * EVERY);
  expect(flushes).toBe(1);
});
