import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findDifferences } from "../../../scripts/own-rows/find-differences.ts";
import { parseOwnRow, readOwnRows } from "../../../scripts/own-rows/read-own-rows.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const ROW = "name: gold\nperson: { email: ada@example.com }\nresult: { ends: let through }\n";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "rows-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a project without the folder has no rows of its own", async () => {
  expect(await readOwnRows(directory, NOW)).toEqual([]);
});

test("rows are read in the order of their files' names, and other files are left alone", async () => {
  mkdirSync(join(directory, "rehearsal"));
  for (const [file, name] of [
    ["b.yaml", "second"],
    ["a.yml", "first"],
    ["notes.md", "none"],
  ])
    writeFileSync(join(directory, "rehearsal", file!), ROW.replace("gold", name!));
  expect((await readOwnRows(directory, NOW)).map(({ name }) => name)).toEqual(["first", "second"]);
});

test("the one that docs/actions.md has is a row", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/actions.md"), "utf8");
  const [, yaml = ""] = /## Keep it in the rehearsal[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  expect(parseOwnRow(yaml, "gold.yaml", NOW).person).toEqual({ email: "gold@example.com", roles: ["viewer"] });
});

test.each<[what: string, yaml: string, message: string]>([
  ["no result", "name: gold\nperson: { email: a@example.com }\n", 'rehearsal/x.yaml:1 the file: "result" is missing'],
  ["a misspelled member", `${ROW}logins: {}\n`, 'rehearsal/x.yaml:4 logins: "logins" is not one of name, person'],
  ["one of a person", ROW.replace("email:", "mail:"), 'rehearsal/x.yaml:2 person.mail: "mail" is not one of email'],
  [
    "a flag that is a text",
    ROW.replace("com }", 'com, email_verified: "no" }'),
    "x.yaml:2 person.email_verified: expected",
  ],
  ["another kind of login", `${ROW}login: { kind: silent }\n`, "x.yaml:4 login.kind: expected login or refresh"],
  ["a time that is none", `${ROW}at: yesterday\n`, "rehearsal/x.yaml:4 at: expected a time"],
  ["a time that is ahead", `${ROW}at: 2026-11-30T12:00:01Z\n`, "rehearsal/x.yaml:4 at: this is ahead"],
  ["what is not YAML", "name: [gold\n", "rehearsal/x.yaml:"],
  ["a list", "- name: gold\n", "the file: expected a mapping, found a list"],
  ["nothing", "", "the file: expected a mapping, found nothing"],
])("%s is refused with its line", (_what, yaml, message) => {
  const read = () => parseOwnRow(yaml, "x.yaml", NOW);
  expect(read).toThrow(expect.objectContaining({ code: "REHEARSAL_ROW_REFUSED", exitCode: 2 }));
  expect(read).toThrow(message);
});

describe("what a login comes to", () => {
  const FOUND = {
    ends: "let through",
    "access token claim https://x/tier": "gold",
    "app_metadata seen": { at: "2026-11-30", of: [1, "two"] },
  };

  test.each<[what: string, wanted: Record<string, unknown>]>([
    ["the same", FOUND],
    ["the same in another order", { ...FOUND, "app_metadata seen": { of: [1, "two"], at: "2026-11-30" } }],
    ["a value that may be anything", { ...FOUND, "app_metadata seen": "…" }],
    ["a part that may be anything", { ...FOUND, "app_metadata seen": { at: "20…", of: ["…", "t…o"] } }],
    ["several parts", { ...FOUND, ends: "l…thro…h" }],
  ])("is right where its row says %s", (_what, wanted) => {
    expect(findDifferences(FOUND, wanted)).toEqual([]);
  });

  test.each<[what: string, changes: Record<string, unknown>, problem: string]>([
    ["another value", { "access token claim https://x/tier": "silver" }, 'tier: "gold" instead of "silver"'],
    ["one of another type", { "access token claim https://x/tier": 1 }, 'tier: "gold" instead of 1'],
    ["one too few", { "scope get:x": "remove" }, 'scope get:x: nothing instead of "remove"'],
    ["a longer list", { "app_metadata seen": { at: "…", of: [1] } }, "app_metadata seen: {"],
    ["a member too many", { "app_metadata seen": { of: [1, "two"] } }, "app_metadata seen: {"],
    ["parts that overlap", { ends: "let throu…ough" }, "ends: let through instead of let throu…ough"],
    ["parts in another order", { ends: "…through…let…" }, "ends: let through instead of …through…let…"],
    ["another beginning", { ends: "denied: …" }, "ends: let through instead of denied: …"],
  ])("is wrong where its row says %s", (_what, changes, problem) => {
    expect(findDifferences(FOUND, { ...FOUND, ...changes })).toEqual([expect.stringContaining(problem)]);
  });

  test("is wrong where its row does not have a part of it", () => {
    expect(findDifferences(FOUND, { ends: "let through" })).toEqual([
      'access token claim https://x/tier: "gold" instead of nothing',
      'app_metadata seen: {"at":"2026-11-30","of":[1,"two"]} instead of nothing',
    ]);
  });
});
