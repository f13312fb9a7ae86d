import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type Lock, takeLock } from "../../../gateways/metering/lock.ts";
import { judgeOwner, type LockOwner } from "../../../gateways/metering/lock-owner.ts";

let directory: string;
let path: string;
let taken: Lock[];
/** Milliseconds that were waited. */
let waited: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "metering-lock-"));
  path = join(directory, "lock");
  taken = [];
  waited = 0;
});
afterEach(() => {
  for (const lock of taken) lock.release();
  rmSync(directory, { recursive: true });
});

const take = (whileWaiting: () => void = () => {}) => {
  const pause = (milliseconds: number) => {
    waited += milliseconds;
    whileWaiting();
  };
  const lock = takeLock(path, { pause });
  taken.push(lock);
  return lock;
};
const touch = (milliseconds: number) => {
  const date = new Date(Date.now() + milliseconds);
  utimesSync(path, date, date);
};
const ELSEWHERE = { id: "x", host: "elsewhere", pid: 1 };
const leave = (owner: unknown, touchedAgo = 0) => {
  writeFileSync(path, typeof owner === "string" ? owner : JSON.stringify(owner));
  touch(-touchedAgo);
};

describe("the owner of a lock", () => {
  const own: LockOwner = { id: "own", host: "node", pid: 1, started: "900", boot: "boot-2", namespace: "pid:[2]" };
  const gone = () => undefined;
  const running = (started: string) => () => started;

  test.each<[string, Partial<LockOwner>, (pid: number) => string | undefined, string]>([
    ["its process is gone", { pid: 77, started: "500" }, gone, "gone"],
    ["it runs", { pid: 77, started: "500" }, running("500"), "running"],
    ["another process has its id by now", { pid: 77, started: "500" }, running("731"), "gone"],
    ["it is this very process", {}, running("900"), "running"],
    ["an earlier process had this one's id", { started: "500" }, running("900"), "gone"],
    ["this id in another namespace", { namespace: "pid:[1]" }, running("900"), "unknown"],
    ["another namespace, and no such process here", { namespace: "pid:[1]", pid: 77 }, gone, "unknown"],
    ["before the machine was started again", { boot: "boot-1" }, running("900"), "unknown"],
    ["another machine", { boot: "boot-3", host: "other" }, gone, "unknown"],
    ["when it started is hidden", { pid: 77, started: "500" }, running("hidden"), "unknown"],
    ["it did not say when it started", { pid: 77, started: undefined }, running("500"), "unknown"],
    ["it said nothing but its id", { boot: undefined, namespace: undefined, started: undefined }, gone, "unknown"],
  ])("%s", (_name, changes, findStart, state) => {
    expect(judgeOwner({ ...own, id: "x", ...changes }, own, findStart)).toBe(state);
  });

  test.each<[string, string, (pid: number) => string | undefined, string]>([
    ["gone", "node", gone, "gone"],
    ["there, or another one", "node", running("hidden"), "unknown"],
    ["on another machine", "other", gone, "unknown"],
  ])("without /proc, a process that is %s", (_name, host, findStart, state) => {
    expect(judgeOwner({ id: "x", host, pid: 77 }, { id: "own", host: "node", pid: 1 }, findStart)).toBe(state);
  });
});

describe("a lock that is left", () => {
  test("by this process, and not given back, is held", () => {
    const first = take();
    const { host, pid } = JSON.parse(readFileSync(path, "utf8")) as LockOwner;
    expect(() => take()).toThrow(
      `Another process counts usage in this directory (${host}, process ${pid}). Give each its own, or stop that one: ${path}`,
    );
    expect(waited).toBe(0);
    expect(first.isHeld()).toBe(true);
  });

  test("by a process that is gone counts for nothing, at once", () => {
    const first = take();
    const left = JSON.parse(readFileSync(path, "utf8")) as object;
    first.release();
    leave({ ...left, id: "x", pid: 2 ** 22 + 1 });
    expect(take().isHeld()).toBe(true);
    leave({ ...left, id: "y", started: "1" });
    expect(take().isHeld()).toBe(true);
    expect(waited).toBe(0);
  });

  test("with something else in it counts for nothing", () => {
    for (const text of ["", "{", "[]", '{"pid":1}']) {
      leave(text);
      take().release();
    }
    expect(waited).toBe(0);
  });

  test.each([
    ["just now", 0, 10_000],
    ["6 s ago", 6_000, 4_000],
    ["an hour ago, by a clock that may have been set since", 3_600_000, 3_000],
    ["in a day, by a clock that was set back since", -86_400_000, 10_000],
  ])("elsewhere, touched %s and not again, is taken after a while", (_name, ago, longest) => {
    leave(ELSEWHERE, ago);
    expect(take().isHeld()).toBe(true);
    expect(waited).toBeGreaterThanOrEqual(3_000);
    expect(waited).toBeLessThanOrEqual(longest);
  });

  test.each([
    ["just now", 0],
    ["an hour ago, by a clock that was set since", 3_600_000],
    ["in a day, by a clock that was set back since", -86_400_000],
  ])("elsewhere, touched %s and again, is held", (_name, ago) => {
    leave(ELSEWHERE, ago);
    // A second ahead: what is left and what is touched in the same millisecond would be one touch.
    expect(() => take(() => waited === 1_000 && touch(-1_000))).toThrow(/elsewhere, process 1/);
    expect(waited).toBe(1_000);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(ELSEWHERE);
  });

  test("elsewhere, given back while it is watched, is taken", () => {
    leave(ELSEWHERE);
    expect(take(() => rmSync(path, { force: true })).isHeld()).toBe(true);
  });

  test("elsewhere, and taken by another one while it is watched, is that one's", () => {
    leave(ELSEWHERE);
    expect(() => take(() => waited === 400 && leave({ ...ELSEWHERE, id: "z", host: "faster" }, 5))).toThrow(/faster/);
  });

  test("as a draft, by processes that died while they took it, is cleared away after a minute", () => {
    writeFileSync(join(directory, "lock.1"), "{}");
    writeFileSync(join(directory, "lock.2"), "{}");
    const past = new Date(Date.now() - 61_000);
    utimesSync(join(directory, "lock.1"), past, past);
    take();
    expect(readdirSync(directory).toSorted()).toEqual(["lock", "lock.2"]);
  });
});

test("other files beside a lock are left alone, however old they are", () => {
  const past = new Date(Date.now() - 61_000);
  for (const name of ["journal", "lockfile.1"]) {
    writeFileSync(join(directory, name), "");
    utimesSync(join(directory, name), past, past);
  }
  take();
  expect(readdirSync(directory).toSorted()).toEqual(["journal", "lock", "lockfile.1"]);
});

test("a file system that makes no links is said to be so, and nothing is left on it", () => {
  const refused = Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
  jest.spyOn(fs, "linkSync").mockImplementation(() => {
    throw refused;
  });
  try {
    expect(() => take()).toThrow(refused);
  } finally {
    jest.restoreAllMocks();
  }
  expect(readdirSync(directory)).toEqual([]);
});

test("a lock is given back, and another one's is not", () => {
  const lock = take();
  lock.release();
  expect(readdirSync(directory)).toEqual([]);
  const lost = take();
  leave(ELSEWHERE);
  lost.release();
  expect(readdirSync(directory)).toEqual(["lock"]);
});

describe("the heartbeat", () => {
  let whenLost: jest.Mock<() => void>;
  beforeEach(() => {
    jest.useFakeTimers();
    whenLost = jest.fn();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
  const hold = () => {
    const lock = takeLock(path, { whenLost });
    taken.push(lock);
    return lock;
  };

  test("touches the lock every second", () => {
    hold();
    touch(-60_000);
    jest.advanceTimersByTime(999);
    expect(Date.now() - statSync(path).mtimeMs).toBeGreaterThan(50_000);
    jest.advanceTimersByTime(1);
    expect(Math.abs(Date.now() - statSync(path).mtimeMs)).toBeLessThan(2);
    expect(whenLost).not.toHaveBeenCalled();
  });

  test.each([
    ["somebody deleted it", () => rmSync(path)],
    ["it is another one's", () => leave(ELSEWHERE)],
    ["something else is in it", () => leave("{")],
  ])("finds out, and says once, that the lock is lost: %s", (_what, lose) => {
    const lock = hold();
    lose();
    jest.advanceTimersByTime(3_000);
    expect([whenLost.mock.calls.length, lock.isHeld()]).toEqual([1, false]);
  });

  test("a fault of the disk says nothing about the owner, until ten seconds have passed with it", () => {
    const lock = hold();
    jest.spyOn(fs, "readFileSync").mockImplementation(() => {
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    });
    jest.advanceTimersByTime(9_999);
    expect(lock.isHeld()).toBe(true);
    jest.advanceTimersByTime(1);
    expect([lock.isHeld(), whenLost.mock.calls.length]).toEqual([false, 0]);
  });

  test("what stood still for long looks before it does anything more", () => {
    const lock = hold();
    leave(ELSEWHERE);
    jest.spyOn(performance, "now").mockReturnValue(performance.now() + 5_000);
    expect(lock.isHeld()).toBe(true);
    jest.spyOn(performance, "now").mockReturnValue(performance.now() + 1);
    expect(lock.isHeld()).toBe(false);
  });

  test("ends when the lock is given back", () => {
    hold().release();
    expect(jest.getTimerCount()).toBe(0);
  });
});
