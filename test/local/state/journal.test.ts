import { spawn } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openJournal } from "../../../local/state/journal.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "journal-"));
  file = join(directory, "state", "tenant.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true }));

/** What a journal holds after it was opened again. */
function reopen(name = "things"): [string, unknown][] {
  const journal = openJournal(file);
  const collection = journal.collection<{ id: string }>(name);
  const entries = collection.values().map((record): [string, unknown] => [record.id, record]);
  journal.close();
  return entries;
}

describe("a journal", () => {
  test("gives back after a restart what was set, changed and deleted, in the order of creation", () => {
    const journal = openJournal(file);
    const things = journal.collection<{ id: string; size?: number }>("things");
    for (const id of ["b", "a", "c"]) things.set(id, { id });
    things.set("b", { id: "b", size: 2 });
    expect(things.delete("a")).toBe(true);
    expect(things.delete("a")).toBe(false);
    journal.close();

    expect(reopen()).toEqual([
      ["b", { id: "b", size: 2 }],
      ["c", { id: "c" }],
    ]);
  });

  test("keeps collections apart, and the same name leads to the same one", () => {
    const journal = openJournal();
    journal.collection("things").set("a", 1);
    expect(journal.collection("things").get("a")).toBe(1);
    expect(journal.collection("others").has("a")).toBe(false);
    expect(journal.collection("things")).toBe(journal.collection("things"));
  });

  test("leaves what is not durable out of the file, also when its name is asked for again", () => {
    const journal = openJournal(file);
    journal.collection("codes", { durable: false }).set("code", { id: "code" });
    journal.collection("codes").set("later", { id: "later" });
    journal.collection("things").set("a", { id: "a" });
    journal.close();
    expect(reopen("codes")).toEqual([]);
    expect(readFileSync(file, "utf8")).not.toContain("code");
  });

  test("drops a last line that was cut off, and goes on after it", () => {
    const journal = openJournal(file);
    journal.collection("things").set("a", { id: "a" });
    journal.close();
    appendFileSync(file, '{"c":"things","k":"b","v":{"id');

    expect(reopen().map(([id]) => id)).toEqual(["a"]);
    const again = openJournal(file);
    again.collection("things").set("c", { id: "c" });
    again.close();
    expect(reopen().map(([id]) => id)).toEqual(["a", "c"]);
  });

  test("forgets on opening what was overwritten: the file does not grow with every change for ever", () => {
    const journal = openJournal(file);
    for (let size = 0; size < 100; size += 1) journal.collection("things").set("a", { id: "a", size });
    journal.close();
    reopen();
    expect(readFileSync(file, "utf8")).toBe('{"c":"things","k":"a","v":{"id":"a","size":99}}\n');
  });

  test("is added to as it is where little was overwritten", () => {
    const journal = openJournal(file);
    const things = journal.collection<{ id: string }>("things");
    for (const id of ["a", "b", "c"]) things.set(id, { id });
    things.delete("b");
    journal.close();
    const written = statSync(file).ino;
    const again = openJournal(file);
    again.collection("things").set("d", { id: "d" });
    again.close();
    expect(statSync(file)).toMatchObject({ ino: written, mode: 0o100600 });
    expect(reopen().map(([id]) => id)).toEqual(["a", "c", "d"]);
  });

  describe("that keeps the newest of a collection", () => {
    const newest = { logs: 3 };
    const idsOf = (name: string) => {
      const journal = openJournal(file, { newest });
      const ids = journal.collection<string>(name).values();
      journal.close();
      return ids;
    };
    const fill = (logs: number, dropped: number) => {
      const journal = openJournal(file);
      for (let number = 0; number < logs; number += 1) {
        journal.collection("logs").set(`l${number}`, `l${number}`);
        if (number >= 3 && number - 3 < dropped) journal.collection("logs").delete(`l${number - 3}`);
        if (number === 0) journal.collection("things").set("a", "a");
      }
      journal.close();
    };

    test.each([
      ["a few", 2, 0, ["l0", "l1"]],
      ["as many", 3, 0, ["l0", "l1", "l2"]],
      ["more, none dropped", 200, 0, ["l197", "l198", "l199"]],
      ["more, each dropped in its turn", 200, 200, ["l197", "l198", "l199"]],
      ["more, some dropped", 20, 5, ["l17", "l18", "l19"]],
    ])("has of %s the last, and all of others", (_what, logs, dropped, kept) => {
      fill(logs, dropped);
      expect(idsOf("logs")).toEqual(kept);
      expect(idsOf("things")).toEqual(["a"]);
      expect(idsOf("logs")).toEqual(kept);
      expect(statSync(file).size).toBeLessThan(300);
    });

    test("says where a line of it cannot be read", () => {
      fill(2, 0);
      appendFileSync(file, '{"c":"logs",oops}\n');
      expect(() => openJournal(file, { newest })).toThrow(`${file}:4 is not a line of saved state`);
    });
  });

  test("forgets while it runs, too: the file stays at about twice what is kept", () => {
    const journal = openJournal(file, { leastGrowth: 1_000 });
    const things = journal.collection<{ id: string; size?: number; text?: string }>("things");
    const codes = journal.collection("codes", { durable: false });
    let largest = 0;
    codes.set("code", { id: "code" });
    things.set("gone", { id: "gone" });
    things.delete("gone");
    for (let size = 0; size < 5_000; size += 1) {
      things.set("a", { id: "a", size });
      largest = Math.max(largest, statSync(file).size);
    }
    expect(largest).toBeLessThan(1_200);
    expect(readFileSync(file, "utf8")).not.toMatch(/gone|code/);

    // With 10 kB that are kept it is not written anew at every kilobyte.
    things.set("b", { id: "b", text: "x".repeat(10_000) });
    const written = statSync(file).ino;
    for (let size = 0; size < 100; size += 1) things.set("a", { id: "a", size });
    expect(statSync(file).ino).toBe(written);
    journal.close();
    expect(reopen().map(([id]) => id)).toEqual(["a", "b"]);
    expect(reopen()[0]).toEqual(["a", { id: "a", size: 99 }]);
    expect(readdirSync(dirname(file))).toEqual(["tenant.jsonl"]);
  });

  test("goes on with the former file where it cannot be written anew, and loses nothing", () => {
    const journal = openJournal(file, { leastGrowth: 1_000 });
    const things = journal.collection<{ id: string; size: number }>("things");
    // A folder that is not empty, in the place of the file beside it.
    mkdirSync(join(`${file}.new`, "in the way"), { recursive: true });
    for (let size = 0; size < 200; size += 1) things.set(`thing ${size % 3}`, { id: `thing ${size % 3}`, size });
    rmSync(`${file}.new`, { recursive: true });
    journal.close();
    expect(reopen().map(([, record]) => record)).toEqual([
      { id: "thing 0", size: 198 },
      { id: "thing 1", size: 199 },
      { id: "thing 2", size: 197 },
    ]);
  });

  test("is readable by its owner alone: it holds secrets", () => {
    openJournal(file).close();
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test.each([
    ["is not valid JSON", "oops"],
    ["is not an entry", '{"a":1}'],
    ["is null", "null"],
  ])("says where it cannot be read when a line %s, and not what the line says", (_name, line) => {
    openJournal(file).close();
    writeFileSync(file, `{"c":"things","k":"a","v":1}\n${line}\n{"c":"things","k":"b","v":1}\n`);
    expect(() => openJournal(file)).toThrow(
      expect.objectContaining({ code: "unreadable_journal", message: expect.stringContaining(`${file}:2 `) }),
    );
  });

  test.each([
    ["while it writes", "1000000000"],
    ["while it is written anew all the time", "1"],
  ])("has everything that was reported saved when its process is killed %s", async (_when, leastGrowth) => {
    const script = join(import.meta.dirname, "../../support/write-journal.ts");
    const writer = spawn(process.execPath, ["--import", "tsx", script, file, leastGrowth], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let reported = "";
    for await (const chunk of writer.stdout) {
      reported += String(chunk);
      if (reported.length > 5_000) writer.kill("SIGKILL");
    }

    const ids = reported.slice(0, reported.lastIndexOf("\n")).split("\n");
    const journal = openJournal(file);
    const records = journal.collection<{ text: string }>("records");
    journal.close();
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => records.get(id)?.text.length !== 2000)).toEqual([]);
  });
});
