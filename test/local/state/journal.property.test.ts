import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openJournal } from "../../../local/state/journal.ts";
import { anyText } from "../../support/any-text.ts";
import { checkProperty } from "../../support/check-property.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "journal-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const changes = fc.array(
  fc.record({ id: fc.constantFrom("a", "b", "__proto__", ""), value: fc.option(fc.jsonValue(), { nil: undefined }) }),
  { maxLength: 12 },
);

test("a file that is cut off anywhere has what was written before, and takes more", async () => {
  const file = join(directory, "cut");
  await checkProperty(
    fc.property(changes, fc.nat(), (list, cut) => {
      rmSync(file, { force: true });
      const written = openJournal(file);
      /** The bytes of the file, and what it held, after each change. */
      const states = [{ length: 0, values: [] as [string, unknown][] }];
      const held = new Map<string, unknown>();
      for (const { id, value } of list) {
        const records = written.collection("kept");
        if (value === undefined) records.delete(id);
        else records.set(id, value);
        if (value === undefined) held.delete(id);
        else held.set(id, value);
        states.push({ length: readFileSync(file).length, values: [...held] });
      }
      written.close();

      const bytes = readFileSync(file);
      const end = cut % (bytes.length + 1);
      writeFileSync(file, bytes.subarray(0, end));
      const expected = states.findLast(({ length }) => length <= end);
      const cutOff = openJournal(file);
      const kept = cutOff.collection("kept");
      expect(["a", "b", "__proto__", ""].filter((id) => kept.has(id)).map((id) => [id, kept.get(id)])).toEqual(
        ["a", "b", "__proto__", ""]
          .filter((id) => expected?.values.some(([name]) => name === id))
          .map((id) => [id, JSON.parse(JSON.stringify(expected?.values.find(([name]) => name === id)?.[1]))]),
      );
      kept.set("after", 1);
      cutOff.close();
      const again = openJournal(file);
      expect(again.collection("kept").get("after")).toBe(1);
      again.close();
    }),
    { runs: 100, seed: 1, rows: [[[{ id: "__proto__", value: "é" }], 30]] },
  );
});

test("a file with anything in it is read, or refused by its name and line, and stays as it is when it is refused", async () => {
  const file = join(directory, "damaged");
  const line = fc.oneof(
    fc.constantFrom('{"c":"x","k":"1","v":1}', '{"c":"x","k":"1"}', "null", "[]", "{}", "", "{", "\0", "\ufeff", "\r"),
    anyText,
    fc.json(),
  );
  await checkProperty(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const text = lines.join("\n");
      writeFileSync(file, text);
      const before = readFileSync(file);
      try {
        openJournal(file).close();
      } catch (error) {
        expect(error).toMatchObject({
          code: "unreadable_journal",
          message: expect.stringMatching(/damaged:\d+ is not a line of saved state\./),
        });
        expect(readFileSync(file)).toEqual(before);
      }
    }),
    { runs: 200, seed: 1 },
  );
});
