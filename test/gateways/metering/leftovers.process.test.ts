import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { renderCount } from "../../../gateways/metering/count.ts";
import { type Meter, openMeter } from "../../../gateways/metering/meter.ts";
import type { MeterEvent, SendResult } from "../../../gateways/metering/meter-event.ts";
import { NOW } from "../support/issuer.ts";

const ID = "abc-0123456789abcdef-0";
let directory: string;
let sent: MeterEvent[];
let answer: SendResult;
let lines: string[];
let opened: Meter[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "metering-leftovers-"));
  sent = [];
  answer = { kind: "accepted" };
  lines = [];
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((meter) => meter.close()));
  rmSync(directory, { recursive: true });
});

const open = () => {
  const meter = openMeter({
    directory,
    clock: () => NOW * 1000,
    flushEvery: 0,
    log: (line) => lines.push(line),
    send: async (event) => {
      sent.push(event);
      return answer;
    },
  });
  opened.push(meter);
  return meter;
};
const path = (name: string) => join(directory, name);
const line = (customer: string) => renderCount({ customer, meter: "get_reports", value: 1, at: NOW });
const event = (index: number, of = ID) => ({
  identifier: `gw:${of}:${index}`,
  customer: "cus_1",
  meter: "get_reports",
  value: 2,
  timestamp: NOW,
});
const files = () =>
  readdirSync(directory)
    .filter((name) => !["lock", "settled"].includes(name))
    .toSorted();
const unreadable: [string, string][] = [
  ["half of it", JSON.stringify({ version: 1, events: [event(0), event(1)] }).slice(0, 100)],
  ["nothing", ""],
  ["zeros", "\0\0\0\0"],
  ["null", "null"],
  ["another version", JSON.stringify({ version: 2, events: [event(0)] })],
  ["no events", JSON.stringify({ version: 1 })],
  ["an event without a value", JSON.stringify({ version: 1, events: [{ ...event(0), value: undefined }] })],
  ["another batch's events", JSON.stringify({ version: 1, events: [event(0, "abd-0123456789abcdef-0")] })],
];

describe.each(unreadable)("a batch with %s in it", (_name, text) => {
  test("is set aside with its progress and said; the rest is sent, after a restart too", async () => {
    writeFileSync(path(`batch-${ID}.json`), text);
    writeFileSync(path(`batch-${ID}.log`), '[0,{"kind":"settled"}]\n');
    const meter = open();
    await meter.count({ customer: "cus_2", meter: "get_reports", value: 1 });
    expect(await meter.flush()).toBeUndefined();
    await meter.close();
    const next = open();
    await next.count({ customer: "cus_3", meter: "get_reports", value: 1 });
    expect(await next.flush()).toBeUndefined();
    expect(sent.map(({ customer }) => customer)).toEqual(["cus_2", "cus_3"]);
    expect(files()).toEqual([`unreadable-${ID}.json`, `unreadable-${ID}.log`]);
    expect(readFileSync(path(`unreadable-${ID}.json`), "utf8")).toBe(text);
    expect(lines.filter((one) => one.includes(`unreadable-${ID}.json`))).toHaveLength(1);
  });

  test("is made again while its counts are there", async () => {
    writeFileSync(path(`batch-${ID}.json`), text);
    writeFileSync(path(`ended-${ID}.log`), line("cus_1") + line("cus_1"));
    expect(await open().flush()).toBeUndefined();
    expect(sent).toEqual([event(0)]);
    expect(files()).toEqual([]);
    expect(lines).toEqual([]);
  });
});

test("a batch that was torn while it waits is sent by the process that has read it", async () => {
  answer = { kind: "deferred", reason: "429" };
  const meter = open();
  await meter.count({ customer: "cus_1", meter: "get_reports", value: 1 });
  await meter.flush();
  truncateSync(path(files().find((name) => name.endsWith(".json")) ?? ""), 10);
  answer = { kind: "accepted" };
  expect(await meter.flush()).toBeUndefined();
  expect(sent).toHaveLength(2);
  expect(files()).toEqual([]);
});

test("a segment with lines that cannot be read is kept beside what was made of the others", async () => {
  const text = `${line("cus_1")}\0\0\0\n${line("cus_1")}`;
  writeFileSync(path(`counts-${ID}.log`), text);
  expect(await open().flush()).toBeUndefined();
  expect(sent).toEqual([event(0)]);
  expect(files()).toEqual([`damaged-${ID}.log`]);
  expect(readFileSync(path(`damaged-${ID}.log`), "utf8")).toBe(text);
  expect(lines.join()).toContain(`damaged-${ID}.log`);
});

test("a million counts are read in slices: requests are answered meanwhile", async () => {
  const customers = Array.from({ length: 10 }, (_, index) => line(`cus_${"ü".repeat(index)}`)).join("");
  writeFileSync(path(`counts-${ID}.log`), customers.repeat(100_000));
  const meter = open();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  expect(await meter.flush()).toBeUndefined();
  clearInterval(timer);
  expect(sent.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, () => 100_000));
  // Nine seconds when they are read at once.
  expect(longest).toBeLessThan(1_500);
});
