import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type MachineTime, type Moment, measureAge } from "../../../gateways/metering/machine-time.ts";
import { type Meter, openMeter } from "../../../gateways/metering/meter.ts";
import type { MeterEvent, SendResult } from "../../../gateways/metering/meter-event.ts";
import { NOW } from "../support/issuer.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let directory: string;
/** Milliseconds that have passed in truth, and by how much the clock is wrong. */
let passed: number;
let error: number;
let boot: string;
let bootedAt: number;
let sent: MeterEvent[];
let answer: SendResult["kind"];
let meter: Meter;

const open = () => {
  meter = openMeter({
    directory,
    flushEvery: 0,
    clock: () => NOW * 1000 + passed + error,
    machine: { boot, uptime: () => 5 * DAY + passed - bootedAt },
    send: async (event) => {
      sent.push(event);
      return answer === "accepted" ? { kind: answer } : { kind: answer, reason: "down" };
    },
  });
};
const restartMachine = async () => {
  await meter.close();
  boot = "second";
  bootedAt = passed + 5 * DAY;
  open();
};
const outcome = () => ({ sent: sent.length, deadLetters: meter.readDeadLetters().map(({ reason }) => reason) });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "metering-clocks-"));
  passed = 0;
  error = 0;
  boot = "first";
  bootedAt = 0;
  sent = [];
  answer = "unknown";
  open();
});
afterEach(async () => {
  await meter.close();
  rmSync(directory, { recursive: true });
});

/** Counts, and sends once without an answer. */
const attemptOnce = async () => {
  await meter.count({ customer: "cus_1", meter: "get_reports", value: 1 });
  expect(await meter.flush()).toBe("down");
  answer = "accepted";
};

describe("an event that may have been taken is sent again only while Stripe knows it", () => {
  test.each<[string, number, number, number, "sent" | "unsettled"]>([
    ["the clock is right, an hour", 0, 0, HOUR, "sent"],
    ["the clock is right, a day", 0, 0, DAY, "unsettled"],
    ["three days ahead at first, then right, a minute", 3 * DAY, 0, MINUTE, "sent"],
    ["three days ahead at first, then right, 25 hours", 3 * DAY, 0, 25 * HOUR, "unsettled"],
    ["three days ahead at first, then right, four days", 3 * DAY, 0, 4 * DAY, "unsettled"],
    ["set back by an hour meanwhile, a minute", 0, -HOUR, MINUTE, "sent"],
    ["set back by a day meanwhile, 25 hours", 0, -DAY, 25 * HOUR, "unsettled"],
    ["set ahead by three days meanwhile, a minute", 0, 3 * DAY, MINUTE, "unsettled"],
  ])("%s", async (_name, before, after, later, what) => {
    error = before;
    await attemptOnce();
    error = after;
    passed += later;
    await meter.flush();
    expect(outcome()).toEqual(what === "sent" ? { sent: 2, deadLetters: [] } : { sent: 1, deadLetters: ["unsettled"] });
  });

  test.each<[string, number, number, "sent" | "unsettled"]>([
    ["the clock is right, an hour", 0, HOUR, "sent"],
    ["three days ahead before it, an hour", 3 * DAY, HOUR, "unsettled"],
    ["a day ahead before it, 25 hours", DAY, 25 * HOUR, "unsettled"],
  ])("after the machine was started again, %s", async (_name, before, later, what) => {
    error = before;
    await attemptOnce();
    error = 0;
    answer = "deferred";
    await restartMachine();
    passed += later;
    answer = "accepted";
    const sentBefore = sent.length;
    await meter.flush();
    expect([sent.length - sentBefore, outcome().deadLetters]).toEqual(what === "sent" ? [1, []] : [0, ["unsettled"]]);
  });
});

test("usage counted while the clock was ahead is not sent as of the future, which Stripe would refuse", async () => {
  error = 3 * DAY;
  await meter.count({ customer: "cus_1", meter: "get_reports", value: 1 });
  error = 0;
  passed += MINUTE;
  answer = "accepted";
  await meter.flush();
  expect(sent.map(({ timestamp }) => timestamp)).toEqual([NOW + 60]);
});

test.each<[string, Moment, string | undefined, number]>([
  ["by the wall, where the machine tells of no start", { at: 1_000, boot: undefined, uptime: 5 }, undefined, 500],
  ["by the wall, where the moment names no start", { at: 1_000 }, "b", 500],
  ["by the wall, where the machine names none now", { at: 1_000, boot: "a", uptime: 5 }, undefined, 500],
  [
    "since the machine started at the least, where the moment was before",
    { at: 1_000, boot: "a", uptime: 5 },
    "b",
    900,
  ],
  ["by the machine, where the wall says less", { at: 1_000, boot: "b", uptime: 100 }, "b", 800],
  ["by the wall, where the machine says less", { at: 1_000, boot: "b", uptime: 800 }, "b", 500],
  ["by the wall, where the moment has no uptime", { at: 1_000, boot: "b" }, "b", 900],
  ["not at all, where the moment is this one", { at: 1_500 }, undefined, 0],
  ["for ever, where the moment is to come by another start", { at: 2_000, boot: "a", uptime: 5 }, "b", Infinity],
])("the time since a moment is told %s", (_name, moment, boot, expected) => {
  const machine: MachineTime = { boot, uptime: () => 900 };
  expect(measureAge(moment, 1_500, machine)).toBe(expected);
});
