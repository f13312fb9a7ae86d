import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { openAppendLog } from "../../../gateways/metering/append-log.ts";
import { until } from "../../support/until.ts";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "append-log-"));
  path = join(directory, "lines");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

test("a new file is made certain in its directory by its first sync alone", async () => {
  const syncDirectory = jest.spyOn(fs, "fsync");
  const opened = jest.spyOn(fs, "openSync");
  const closed = jest.spyOn(fs, "closeSync");
  const log = openAppendLog(path, { flags: "ax" });
  for (const line of ["one\n", "two\n"]) {
    log.append(line);
    await log.sync();
    expect(syncDirectory).toHaveBeenCalledTimes(1);
  }
  expect(opened.mock.calls.map(([name]) => name)).toEqual([path, directory]);
  expect(closed.mock.calls).toEqual([[opened.mock.results[1]?.value]]);
  await log.close();
  expect(closed.mock.calls[1]).toEqual([opened.mock.results[0]?.value]);
});

test("it is closed when the sync that is under way has ended, and the one after it", async () => {
  const ends: (() => void)[] = [];
  jest.spyOn(fs, "fdatasync").mockImplementation((_descriptor, done) => void ends.push(() => done(null)));
  const closed = jest.spyOn(fs, "closeSync");
  writeFileSync(path, "");
  const log = openAppendLog(path, { flags: "a" });
  closed.mockClear();
  log.append("one\n");
  const first = log.sync();
  await until(() => ends.length === 1);
  const second = log.sync();
  const closing = log.close();
  ends[0]?.();
  await first;
  await until(() => ends.length === 2);
  const calls = closed.mock.calls.length;
  ends[1]?.();
  await Promise.all([second, closing]);
  // The directory's is one.
  expect([calls, closed.mock.calls.length]).toEqual([1, 2]);
});

test("a file that was there is in its directory already", async () => {
  writeFileSync(path, "one\n");
  const syncDirectory = jest.spyOn(fs, "fsync");
  const log = openAppendLog(path, { flags: "a" });
  log.append("two\n");
  await log.sync();
  await log.close();
  expect(syncDirectory).not.toHaveBeenCalled();
});

test.each([
  ["", "two\n"],
  ["one\n", "one\ntwo\n"],
  ["one", "one\ntwo\n"],
])("a line after %j is one of its own", async (left, expected) => {
  appendFileSync(path, left);
  const log = openAppendLog(path, { flags: "a" });
  log.append("two\n");
  await log.close();
  expect(readFileSync(path, "utf8")).toBe(expected);
});

test("a line that its check refuses is taken back, and the next one stands where it stood", async () => {
  const log = openAppendLog(path, { flags: "a" });
  log.append("one\n");
  const refuse = () => {
    throw new Error("not this one");
  };
  expect(() => log.append("two\n", refuse)).toThrow("not this one");
  expect(log.isBroken).toBe(false);
  log.append("three\n");
  await log.close();
  expect(readFileSync(path, "utf8")).toBe("one\nthree\n");
});

describe("a sync that fails", () => {
  const failOnce = () =>
    jest.spyOn(fs, "fdatasync").mockImplementationOnce((_descriptor, done) => done(new Error("EIO") as never));

  test("takes back what it leaves in doubt, where it should, and nothing is appended after it", async () => {
    const log = openAppendLog(path, { flags: "a", takesBack: true });
    log.append("one\n");
    await log.sync();
    failOnce();
    log.append("two\n");
    await expect(log.sync()).rejects.toThrow("EIO");
    expect(log.isBroken).toBe(true);
    expect(() => log.append("three\n")).toThrow("could not be taken back");
    await expect(log.sync()).rejects.toThrow("could not be synced");
    await log.close();
    expect(readFileSync(path, "utf8")).toBe("one\n");
  });

  test("leaves the line elsewhere, and the next one is tried", async () => {
    const log = openAppendLog(path, { flags: "a" });
    failOnce();
    log.append("one\n");
    await expect(log.sync()).rejects.toThrow("EIO");
    log.append("two\n");
    await log.sync();
    await log.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
  });
});
