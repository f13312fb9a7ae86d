import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parseCounts, renderCount } from "../../../gateways/metering/count.ts";
import { type Meter, type MeterOptions, openMeter } from "../../../gateways/metering/meter.ts";
import type { MeterEvent, SendResult } from "../../../gateways/metering/meter-event.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { until } from "../../support/until.ts";
import { NOW } from "../support/issuer.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let directory: string;
let clock: MovableClock;
let sent: MeterEvent[];
let answer: (event: MeterEvent) => SendResult;
let lines: string[];
let opened: Meter[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "metering-"));
  clock = createMovableClock(() => NOW * 1000);
  sent = [];
  lines = [];
  opened = [];
  answer = () => ({ kind: "accepted" });
});
afterEach(async () => {
  await Promise.all(opened.map((meter) => meter.close()));
  rmSync(directory, { recursive: true });
});

const open = (options: Partial<MeterOptions> = {}) => {
  const meter = openMeter({
    directory,
    clock: clock.now,
    flushEvery: 0,
    log: (line) => lines.push(line),
    send: async (event) => {
      sent.push(event);
      return answer(event);
    },
    ...options,
  });
  opened.push(meter);
  return meter;
};
const usage = (customer = "cus_1", meter = "get_reports", value = 1) => ({ customer, meter, value });
const files = () => readdirSync(directory).filter((name) => !["lock", "settled"].includes(name));

describe("counting", () => {
  test("requests that come together are all in the journal before any of them is answered", async () => {
    const meter = open();
    const counts = Array.from({ length: 50 }, (_, index) => meter.count(usage(`cus_${index % 5}`)));
    await Promise.race(counts);
    const [segment = ""] = files();
    expect(parseCounts(readFileSync(join(directory, segment), "utf8")).counts).toHaveLength(50);
    await Promise.all(counts);
    await meter.flush();
    expect(sent.map(({ value }) => value)).toEqual([10, 10, 10, 10, 10]);
  });

  test("a clock with parts of milliseconds changes nothing", async () => {
    const meter = open({ clock: () => clock.now() + 0.25 });
    await meter.count(usage());
    await meter.flush();
    expect(sent).toHaveLength(1);
  });

  test("what is under way when the meter is closed is counted and sent", async () => {
    const meter = open();
    const count = meter.count(usage());
    await meter.close();
    await expect(count).resolves.toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  test("adds up for each customer and meter, and sends each sum once", async () => {
    const meter = open();
    for (let i = 0; i < 5; i++) await meter.count(usage());
    await meter.count(usage("cus_1", "exports", 5));
    await meter.count(usage("cus_2"));
    expect(await meter.flush()).toBeUndefined();
    expect(
      sent.map(({ customer, meter: name, value, timestamp }) => [customer, name, value, timestamp]).toSorted(),
    ).toEqual([
      ["cus_1", "exports", 5, NOW],
      ["cus_1", "get_reports", 5, NOW],
      ["cus_2", "get_reports", 1, NOW],
    ]);
    await meter.flush();
    expect(sent).toHaveLength(3);
    expect(files()).toEqual([]);
  });

  test("identifiers are all different, short, and name nobody", async () => {
    const meter = open();
    for (let i = 0; i < 3; i++) {
      await meter.count(usage("cus_1"));
      await meter.count(usage("cus_2"));
      await meter.flush();
    }
    const identifiers = sent.map(({ identifier }) => identifier);
    expect(new Set(identifiers).size).toBe(6);
    for (const identifier of identifiers) expect(identifier).toMatch(/^gw:[0-9a-z]+-[0-9a-f]{16}-\d+:\d+$/);
    expect(identifiers.join()).not.toContain("cus");
  });

  test.each(["each", "second", "never"] as const)("is in the journal before it resolves (%s)", async (durability) => {
    const meter = open({ durability });
    await Promise.all(Array.from({ length: 100 }, () => meter.count(usage())));
    const [segment = ""] = files();
    expect(parseCounts(readFileSync(join(directory, segment), "utf8")).counts).toHaveLength(100);
  });

  test("goes on while a flush is under way, into another segment", async () => {
    const meter = open();
    await meter.count(usage());
    let counted: Promise<void> | undefined;
    answer = () => {
      counted ??= meter.count(usage("cus_2"));
      return { kind: "accepted" };
    };
    await meter.flush();
    await counted;
    expect(sent).toHaveLength(1);
    await meter.flush();
    expect(sent.map(({ customer }) => customer)).toEqual(["cus_1", "cus_2"]);
  });

  test("a segment that is begun while the one before it ends is left to the next flush", async () => {
    const ends: (() => void)[] = [];
    const sync = jest.spyOn(fs, "fdatasync");
    sync.mockImplementation((_descriptor, done) => void ends.push(() => done(null)));
    const meter = open({ durability: "each" });
    const first = meter.count(usage("cus_1"));
    await until(() => ends.length === 1);
    const flushed = meter.flush();
    await new Promise(setImmediate);
    const second = meter.count(usage("cus_2"));
    await until(() => ends.length === 2).finally(() => {
      sync.mockRestore();
      for (const end of ends) end();
    });
    await Promise.all([first, second, flushed]);
    expect(sent.map(({ customer }) => customer)).toEqual(["cus_1"]);
    await meter.flush();
    expect(sent.map(({ customer }) => customer)).toEqual(["cus_1", "cus_2"]);
  });

  test.each([
    ["each", 1],
    ["second", 0],
    ["never", 0],
  ] as const)("requests that come together share a sync, where each waits for one (%s)", async (durability, syncs) => {
    const sync = jest.spyOn(fs, "fdatasync");
    const meter = open({ durability });
    await Promise.all(Array.from({ length: 10 }, () => meter.count(usage())));
    const { length } = sync.mock.calls;
    sync.mockRestore();
    expect(length).toBe(syncs);
  });

  test("a count that cannot be written is refused", async () => {
    const meter = open();
    rmSync(directory, { recursive: true });
    await expect(meter.count(usage())).rejects.toThrow(/ENOENT/);
    mkdirSync(directory);
    expect(meter.stats.counted).toBe(0);
  });

  test("a closed meter counts nothing", async () => {
    const meter = open();
    await meter.close();
    await expect(meter.count(usage())).rejects.toThrow(/closed/);
  });
});

describe("what is left behind is finished by the next process", () => {
  test("counts that were never sent", async () => {
    answer = () => ({ kind: "unknown", reason: "down" });
    const meter = open();
    await meter.count(usage());
    await meter.close();
    answer = () => ({ kind: "accepted" });
    await open().flush();
    expect(sent.map(({ value }) => value)).toEqual([1, 1]);
    expect(new Set(sent.map(({ identifier }) => identifier)).size).toBe(1);
    expect(files()).toEqual([]);
  });

  test("a line that was cut off does not count, those before it do", async () => {
    const whole = renderCount({ ...usage(), at: NOW });
    writeFileSync(join(directory, "counts-abc-0123456789abcdef-0.log"), `${whole}${whole}[${NOW},"cus_1","get_re`);
    await open().flush();
    expect(sent.map(({ value, identifier }) => [value, identifier])).toEqual([[2, "gw:abc-0123456789abcdef-0:0"]]);
  });

  test("lines that a disk has damaged are said", async () => {
    const whole = renderCount({ ...usage(), at: NOW });
    writeFileSync(
      join(directory, "counts-abc-0123456789abcdef-0.log"),
      `${whole}\0\0\0\n${whole}[1,2,3]\n[${NOW},"cus_1","m",-5]\n["${NOW}","cus_1","get_reports",1]\n`,
    );
    await open().flush();
    expect(sent.map(({ value }) => value)).toEqual([2]);
    expect(lines.join()).toContain("4 lines");
  });

  test("a batch that a disk has damaged is set aside by name, and the next one is sent", async () => {
    writeFileSync(join(directory, "batch-abc-0123456789abcdef-0.json"), "{");
    const meter = open();
    await meter.count(usage());
    expect(await meter.flush()).toBeUndefined();
    expect(sent).toHaveLength(1);
    expect(lines).toEqual([
      "metering: batch abc-0123456789abcdef-0 cannot be read and is not billed; it is set aside as unreadable-abc-0123456789abcdef-0.json",
    ]);
    expect(files()).toEqual(["unreadable-abc-0123456789abcdef-0.json"]);
  });

  test.each([
    ["with a batch that is whole: that one is sent", '{"version":1,"events":[EVENT]}', [7]],
    ["with a batch that is not: the counts are", "{", [2]],
    ["with another's batch: the counts are", '{"version":1,"events":[{}]}', [2]],
  ])("a segment %s", async (_what, batch, values) => {
    const id = "abc-0123456789abcdef-0";
    const event = { identifier: `gw:${id}:0`, customer: "cus_1", meter: "get_reports", value: 7, timestamp: NOW };
    writeFileSync(join(directory, `ended-${id}.log`), renderCount({ ...usage(), value: 2, at: NOW }));
    writeFileSync(join(directory, `batch-${id}.json`), batch.replace("EVENT", JSON.stringify(event)));
    expect(await open().flush()).toBeUndefined();
    expect([sent.map(({ value }) => value), files()]).toEqual([values, []]);
  });

  test("a batch that the disk does not give is not made again, and its segment stays", async () => {
    const id = "abc-0123456789abcdef-0";
    writeFileSync(join(directory, `ended-${id}.log`), renderCount({ ...usage(), at: NOW }));
    writeFileSync(join(directory, `batch-${id}.json`), "{");
    const meter = open();
    const read = jest.spyOn(fs, "readFileSync").mockImplementationOnce(() => {
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    });
    await meter.flush();
    read.mockRestore();
    expect(lines[0]).toBe(`metering: no batch could be made of segment ${id} (EIO); it is tried again`);
    expect(existsSync(join(directory, `ended-${id}.log`))).toBe(true);
  });

  test("an attempt that Stripe certainly did not take, though it is a day ago", async () => {
    answer = () => ({ kind: "deferred", reason: "429" });
    const meter = open();
    await meter.count(usage());
    await meter.close();
    answer = () => ({ kind: "accepted" });
    clock.advance(DAY);
    const next = open();
    expect(await next.flush()).toBeUndefined();
    expect([sent.length, next.readDeadLetters()]).toEqual([2, []]);
  });

  test("segments are sent by their age, those of one process by their number", async () => {
    const ids = ["abc-0123456789abcdef-10", "abc-0123456789abcdef-9", "abb-f123456789abcdef-3"];
    for (const id of ids) writeFileSync(join(directory, `counts-${id}.log`), renderCount({ ...usage(), at: NOW }));
    await open().flush();
    expect(sent.map(({ identifier }) => identifier)).toEqual([
      "gw:abb-f123456789abcdef-3:0",
      "gw:abc-0123456789abcdef-9:0",
      "gw:abc-0123456789abcdef-10:0",
    ]);
  });

  test("files of others are left alone", async () => {
    writeFileSync(join(directory, "counts-notes.txt"), "x");
    await open().flush();
    expect(existsSync(join(directory, "counts-notes.txt"))).toBe(true);
  });
});

describe("when Stripe does not take an event", () => {
  test.each([
    ["deferred", 40 * HOUR, "sent", 2],
    ["unknown", 22 * HOUR, "sent", 2],
    ["unknown", 24 * HOUR, "unsettled", 1],
    ["deferred", 35 * DAY, "too_old", 1],
  ] as const)("%s, and %i ms later: %s", async (kind, later, outcome, calls) => {
    answer = () => ({ kind, reason: "down" });
    const meter = open();
    await meter.count(usage());
    expect(await meter.flush()).toBe("down");
    expect(meter.stats).toMatchObject({ waiting: 1, deadLetters: 0 });
    answer = () => ({ kind: "accepted" });
    clock.advance(later);
    await meter.flush();
    expect(sent).toHaveLength(calls);
    expect(meter.readDeadLetters().map(({ reason }) => reason)).toEqual(outcome === "sent" ? [] : [outcome]);
    expect(meter.stats.waiting).toBe(0);
  });

  test("an attempt that may have arrived is remembered though a later one certainly did not", async () => {
    const meter = open();
    await meter.count(usage());
    answer = () => ({ kind: "unknown", reason: "reset" });
    await meter.flush();
    answer = () => ({ kind: "deferred", reason: "429" });
    clock.advance(HOUR);
    await meter.flush();
    clock.advance(DAY);
    answer = () => ({ kind: "accepted" });
    await meter.flush();
    expect(meter.readDeadLetters().map(({ reason }) => reason)).toEqual(["unsettled"]);
  });

  test("a rejected event is kept for a person, and does not hold up the others", async () => {
    answer = ({ customer }) => (customer === "cus_bad" ? { kind: "rejected", reason: "400" } : { kind: "accepted" });
    const meter = open();
    await meter.count(usage("cus_bad"));
    await meter.count(usage("cus_2"));
    expect(await meter.flush()).toBeUndefined();
    expect(meter.readDeadLetters()).toMatchObject([
      { event: { customer: "cus_bad", value: 1 }, reason: "rejected", detail: "400", at: NOW * 1000 },
    ]);
    expect(sent).toHaveLength(2);
    const [identifier] = meter.readDeadLetters().map(({ event }) => event.identifier);
    expect(lines).toEqual([`metering: ${identifier} is not billed (rejected, 400)`]);
  });

  test("an event that is given up has a line without a detail", async () => {
    answer = () => ({ kind: "deferred", reason: "429" });
    const meter = open();
    await meter.count(usage());
    await meter.flush();
    clock.advance(35 * DAY);
    await meter.flush();
    expect(lines.map((line) => line.replace(/gw:\S+/, "ID").replace(/batch \S+/, "batch ID"))).toEqual([
      "metering: stopped at batch ID (429); it is tried again",
      "metering: ID is not billed (too_old)",
    ]);
  });

  test("what it took is not sent again, though that could not be written down", async () => {
    const meter = open();
    await meter.count(usage());
    const { writeSync } = fs;
    const write = jest.spyOn(fs, "writeSync").mockImplementation(((descriptor: number, text: string) => {
      if (text.includes("settled"))
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      return writeSync(descriptor, text);
    }) as typeof writeSync);
    await expect(meter.flush()).rejects.toThrow("ENOSPC");
    write.mockRestore();
    expect(await meter.flush()).toBeUndefined();
    expect(sent).toHaveLength(1);
    expect(files()).toEqual([]);
  });

  test("nothing is sent once there is no time", async () => {
    const meter = open();
    await meter.count(usage());
    expect(await meter.flush(AbortSignal.abort())).toBe("out of time");
    expect(sent).toEqual([]);
  });

  test("what was refused since is one dead letter, however often it is told, and nobody's where it was not sent here", async () => {
    const meter = open();
    await meter.count(usage());
    await meter.flush();
    const key = sent[0]?.identifier ?? "";
    expect(await meter.refuseLater({ key, code: "no_customer" })).toBe(true);
    expect(await meter.refuseLater({ key: `${key}:resend-2`, code: "no_customer" })).toBe(true);
    expect(await meter.refuseLater({ key: "gw:other:0", code: "no_customer" })).toBe(false);
    expect(meter.readDeadLetters()).toMatchObject([
      { event: { identifier: `${key}:again` }, reason: "refused_later", detail: "no_customer" },
    ]);
  });

  test("nothing more is sent after a failure, and nothing twice after that", async () => {
    const meter = open({ parallel: 1 });
    for (let i = 0; i < 5; i++) await meter.count(usage(`cus_${i}`));
    answer = () => (sent.length === 3 ? { kind: "unknown", reason: "500" } : { kind: "accepted" });
    expect(await meter.flush()).toBe("500");
    expect(sent).toHaveLength(3);
    expect(await meter.flush()).toBeUndefined();
    expect(sent.map(({ customer }) => customer)).toEqual(["cus_0", "cus_1", "cus_2", "cus_2", "cus_3", "cus_4"]);
  });
});

describe("left to itself", () => {
  test("it flushes again and again", async () => {
    const meter = open({ flushEvery: 10 });
    await meter.count(usage());
    await until(() => sent.length === 1);
    await meter.count(usage());
    await until(() => sent.length === 2);
    await meter.close();
    expect(sent.map(({ value }) => value)).toEqual([1, 1]);
    expect(lines).toEqual([]);
  });

  test("a fault of the disk is said, and it goes on", async () => {
    const meter = open({ flushEvery: 10 });
    rmSync(directory, { recursive: true });
    await until(() => lines.length > 0);
    expect(lines.join()).toContain("ENOENT");
    mkdirSync(directory);
    await meter.count(usage());
    await meter.close();
    expect(sent).toHaveLength(1);
  });
});

test("a directory that another process has taken over is said once, and nothing is counted or sent any more", async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
  try {
    const meter = open();
    await meter.count(usage());
    writeFileSync(join(directory, "lock"), JSON.stringify({ id: "x", host: "elsewhere", pid: 1 }));
    jest.advanceTimersByTime(3_000);
    expect(lines).toEqual([
      `metering: another process has taken over ${directory}, or its lock is gone; this one counts no more, and metered requests get 503. Give each process a directory of its own, and start this one again`,
    ]);
    await expect(meter.count(usage())).rejects.toThrow("Another process has taken over the directory.");
    expect(await meter.flush()).toBe("the directory is another process's");
    expect([sent, meter.stats.counted]).toEqual([[], 1]);
  } finally {
    jest.useRealTimers();
  }
});

test("a directory that cannot be made says so, and what to do", () => {
  writeFileSync(join(directory, "file"), "");
  expect(() => open({ directory: join(directory, "file", "metering") })).toThrow(
    expect.objectContaining({
      name: "MeteringDirectoryUnusable",
      code: "METERING_DIRECTORY_UNUSABLE",
      message: `Usage cannot be written to ${join(directory, "file", "metering")} (ENOTDIR). Free some room there, give it to this process's user, or name another directory, on a disk that outlasts this process: METERING_DIRECTORY`,
    }),
  );
});

test("a second process is told by name and code whose directory it is", () => {
  open();
  expect(() => open()).toThrow(expect.objectContaining({ name: "MeteringLocked", code: "METERING_LOCKED" }));
});

describe("the end of a process", () => {
  test("sends what it has", async () => {
    const meter = open();
    await meter.count(usage());
    await meter.close();
    expect(sent).toHaveLength(1);
    // The lock, too, is given back.
    expect(readdirSync(directory)).toEqual(["settled"]);
  });

  test("does not wait for Stripe longer than it was given, and keeps the rest", async () => {
    const meter = open({ send: () => new Promise(() => {}) });
    await meter.count(usage());
    await meter.close(20);
    await open().flush();
    expect(sent).toHaveLength(1);
  });
});
