import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openMeter } from "../../../gateways/metering/meter.ts";

const DAY = 24 * 3_600_000;
/** Milliseconds. */
const HOUR = 3_600_000;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "settled-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("what was sent is kept for four days and at most an hour more, and known by its identifier alone", async () => {
  let now = Math.floor(Date.now() / 1000) * 1000;
  const sent: string[] = [];
  const meter = openMeter({
    directory,
    flushEvery: 0,
    clock: () => now,
    send: async ({ identifier }) => {
      sent.push(identifier);
      return { kind: "accepted" };
    },
  });
  try {
    await meter.count({ customer: "cus_1", meter: "calls", value: 2 });
    await meter.flush();
    const [key = ""] = sent;
    for (const other of ["", `${key}0`, "gw:../../lock:0", `${key}:again`])
      await expect(meter.refuseLater({ key: other, code: "archived_meter" })).resolves.toBe(false);
    const [name = ""] = readdirSync(join(directory, "settled"));
    utimesSync(join(directory, "settled", name), now / 1000, now / 1000);
    now += 4 * DAY;
    await meter.flush();
    expect(readdirSync(join(directory, "settled"))).toEqual([name]);
    now += HOUR;
    await meter.flush();
    expect(readdirSync(join(directory, "settled"))).toEqual([]);
    await expect(meter.refuseLater({ key, code: "archived_meter" })).resolves.toBe(false);
  } finally {
    await meter.close();
  }
});
