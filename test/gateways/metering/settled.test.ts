import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Meter, openMeter } from "../../../gateways/metering/meter.ts";

const DAY = 24 * 3_600_000;
/** Milliseconds. */
const HOUR = 3_600_000;
let directory: string;
let now: number;
let sent: string[];
beforeEach(() => {
  now = Date.now();
  sent = [];
  directory = mkdtempSync(join(tmpdir(), "settled-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = (): Meter =>
  openMeter({
    directory,
    flushEvery: 0,
    clock: () => now,
    send: async ({ identifier }) => {
      sent.push(identifier);
      return { kind: "accepted" };
    },
  });
const countAndFlush = async (meter: Meter): Promise<void> => {
  await meter.count({ customer: "cus_1", meter: "calls", value: 2 });
  await meter.flush();
};

test("each batch is kept, beside those of before", async () => {
  const meter = open();
  for (let batch = 0; batch < 3; batch += 1) await countAndFlush(meter);
  await meter.close();
  expect(readdirSync(join(directory, "settled"))).toHaveLength(3);
});

test("what was sent is kept for four days and at most an hour more, and known by its identifier alone", async () => {
  now = Math.floor(Date.now() / 1000) * 1000;
  const meter = open();
  try {
    await countAndFlush(meter);
    const [key = ""] = sent;
    for (const other of ["", `${key}0`, "gw:../../lock:0", `${key}:again`])
      await expect(meter.refuseLater({ key: other, code: "archived_meter" })).resolves.toBe(false);
    const [name = ""] = readdirSync(join(directory, "settled"));
    utimesSync(join(directory, "settled", name), now / 1000, now / 1000);
    now += 4 * DAY;
    await meter.flush();
    expect(readdirSync(join(directory, "settled"))).toEqual([name]);
    now += HOUR - 1;
    await meter.flush();
    expect(readdirSync(join(directory, "settled"))).toEqual([name]);
    now += 1;
    await meter.flush();
    expect(readdirSync(join(directory, "settled"))).toEqual([]);
    await expect(meter.refuseLater({ key, code: "archived_meter" })).resolves.toBe(false);
  } finally {
    await meter.close();
  }
});
