import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "@jest/globals";
import { createProgressLine, renderDuration, renderProgress } from "../../../scripts/backfill/progress-line.ts";

test.each([
  [0, "0 s"],
  [0.4, "1 s"],
  [59, "59 s"],
  [60, "1 min"],
  [3_540, "59 min"],
  [3_599, "1 h 0 min"],
  [3_725, "1 h 2 min"],
  [360_000, "100 h 0 min"],
])("%d seconds are shown as %s", (seconds, text) => {
  expect(renderDuration(seconds)).toBe(text);
});

test("says how many, how fast and how long, and no time before anything is done", () => {
  expect(renderProgress({ done: 1_500, total: 100_000, perSecond: 12.5 })).toBe(
    "1,500 of 100,000 users, 12.5/s, 2 h 11 min left",
  );
  expect(renderProgress({ done: 0, total: 10, perSecond: 0 })).toBe("0 of 10 users, 0.0/s");
});

test.each([
  ["a terminal", true, "15 of 20 users, 5.0/s, 1 s left"],
  ["a log", false, ""],
])("on %s, what an earlier run did does not count as speed", (_, isTTY, text) => {
  const stream = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY });
  let now = 0;
  const line = createProgressLine(stream as never, { total: 20, from: 10 }, () => now);
  now = 1000;
  line.show(15);
  expect(stripVTControlCharacters(String(stream.read() ?? "")).trim()).toBe(text);
  now = 1100;
  line.show(16);
  expect(stream.read()).toBeNull();
});
