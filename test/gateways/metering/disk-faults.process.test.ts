import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type Meter, openMeter } from "../../../gateways/metering/meter.ts";
import type { SendMeterEvent } from "../../../gateways/metering/meter-event.ts";
import { NOW } from "../support/issuer.ts";
import { breakFileSystem, type DiskFault } from "./support/faulty-file-system.ts";

const work = mkdtempSync(join(tmpdir(), "metering-faults-"));
afterAll(() => rmSync(work, { recursive: true }));

/** Takes an identifier once, refuses a stranger's, and leaves its first answer about `cus_slow` unsaid. */
function createTaker() {
  const taken = new Map<string, number>();
  const send: SendMeterEvent = async ({ identifier, customer, value }) => {
    if (customer === "cus_stranger") return { kind: "rejected", reason: "400" };
    const isFirst = !taken.has(identifier);
    if (isFirst) taken.set(identifier, value);
    return isFirst && customer === "cus_slow" ? { kind: "unknown", reason: "reset" } : { kind: "accepted" };
  };
  return { send, sum: () => [...taken.values()].reduce((sum, value) => sum + value, 0) };
}

interface Outcome {
  readonly calls: readonly string[];
  readonly hasFailed: boolean;
  readonly allowed: number;
  /** Billed, and kept as a dead letter, once a next process has done what was left. */
  readonly accounted: number;
}

/** A process with a fault in it, and the next one on the same directory. */
async function runWith(fault: DiskFault | "none", nth: number, durability: "each" | "second"): Promise<Outcome> {
  const directory = mkdtempSync(join(work, "node-"));
  const taker = createTaker();
  const options = { directory, send: taker.send, flushEvery: 0, clock: () => NOW * 1000, parallel: 2 };
  let allowed = 0;
  const countOne = (meter: Meter, customer: string) =>
    meter.count({ customer, meter: "get_reports", value: 1 }).then(
      () => allowed++,
      () => undefined,
    );
  /** One alone, and three that come together and are written with one call. */
  const countWith = async (meter: Meter, rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      await countOne(meter, "cus_1");
      await Promise.all(["cus_1", "cus_slow", "cus_stranger"].map((customer) => countOne(meter, customer)));
    }
  };

  const disk = breakFileSystem(fault, nth);
  try {
    const meter = openMeter({ ...options, durability });
    await countWith(meter, 2);
    await meter.flush().catch(() => undefined);
    await countWith(meter, 1);
    await meter.flush().catch(() => undefined);
    await meter.flush().catch(() => undefined);
    await countWith(meter, 1);
    await meter.close().catch(() => undefined);
  } catch {
    // It could not be opened.
  } finally {
    disk.restore();
  }
  // One that has died leaves its lock; that it is gone is told by other means than this process's id.
  rmSync(join(directory, "lock"), { force: true });
  const soundDisk = breakFileSystem("none", 0);
  const next = openMeter(options);
  await countWith(next, 1);
  for (let flushes = 0; flushes < 9 && (await next.flush()) !== undefined; flushes++);
  expect(next.stats.waiting).toBe(0);
  const deadLetters = next.readDeadLetters().reduce((sum, { event }) => sum + event.value, 0);
  await next.close();
  soundDisk.restore();
  return { calls: disk.calls, hasFailed: disk.hasFailed, allowed, accounted: taker.sum() + deadLetters };
}

/** The last: how many requests at most are counted though they were not answered, because their process died in between. */
describe.each<[DiskFault, "each" | "second", number]>([
  ["fails", "each", 0],
  ["fails", "second", 0],
  ["writes half", "second", 0],
  ["is full", "second", 0],
  ["dies", "each", 3],
  ["dies in a write", "second", 3],
])("the disk %s (%s)", (fault, durability, unanswered) => {
  test("at any call: what was answered is billed or a dead letter, and nothing else is", async () => {
    // The first one also reads modules.
    await runWith("none", 0, durability);
    const whole = await runWith("none", 0, durability);
    expect([whole.allowed, whole.accounted]).toEqual([20, 20]);
    let failed = 0;
    for (let nth = 1; nth <= whole.calls.length; nth++) {
      const { hasFailed, allowed, accounted, calls } = await runWith(fault, nth, durability);
      if (hasFailed) failed += 1;
      const where = `call ${nth}, ${calls[nth - 1]}`;
      const isRight = accounted >= allowed && accounted <= allowed + unanswered;
      expect([where, accounted - allowed, isRight]).toEqual([where, accounted - allowed, true]);
    }
    expect(failed).toBeGreaterThan(5);
  });
});
