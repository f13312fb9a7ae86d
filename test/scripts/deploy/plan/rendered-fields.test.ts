import { expect, test } from "@jest/globals";
import { renderField, renderPatch } from "../../../../scripts/deploy/plan/render-field.ts";
import type { Paint } from "../../../../scripts/terminal/paint.ts";

const bare: Paint = (_style, text) => text;
const marked: Paint = (style, text) => `<${String(style)}>${text}</>`;

/** Of so many characters. */
const word = (length: number): string => "x".repeat(length);
const list = ["https://one.example/", "https://two.example/", "https://three.example/", "https://four.example/"];
const other = [...list.slice(0, 3), "https://five.example/"];

test.each<[string, unknown, unknown, readonly string[]]>([
  ["a new value", undefined, "node22", ["    field: node22"]],
  ["a value that goes", "node18", undefined, ["    field: node18 → gone"]],
  ["a value that changes", "node18", "node22", ["    field: node18 → node22"]],
  ["numbers and flags", 60, true, ["    field: 60 → true"]],
  ["null", undefined, null, ["    field: null"]],
  ["an empty list", ["a"], [], ["    field: a → (none)"]],
  ["a list of names", undefined, ["a", "b"], ["    field: a, b"]],
  ["a list of mappings", undefined, [{ value: "a" }], ['    field: [{"value":"a"}]']],
  ["a list in which only one is a mapping", undefined, ["a", { value: "b" }], ['    field: ["a",{"value":"b"}]']],
  ["a mapping", { a: 1 }, { a: 2 }, ['    field: {"a":1} → {"a":2}']],
  ["a line that ends", undefined, "exports.a = 1;\n", ["    field: exports.a = 1;"]],
  ["what fills a terminal to its last column", undefined, word(69), [`    field: ${word(69)}`]],
  ["a single word that is longer than a line", undefined, word(70), [`    field: ${word(70)}`]],
  ["two words that fill a terminal", word(33), word(33), [`    field: ${word(33)} → ${word(33)}`]],
  [
    "two words that are longer than a line",
    word(33),
    word(34),
    ["    field:", "      @@ -1,1 +1,1 @@", `      -${word(33)}`, `      +${word(34)}`],
  ],
  ["a long value that goes", word(70), undefined, ["    field: → gone"]],
  ["a text of several lines that goes", "a\nb", undefined, ["    field: → gone"]],
  ["a new text of several lines", undefined, "a\nb\nc\n", ["    field: 3 lines"]],
  ["a new text of several lines, whatever it ends with", undefined, "a\nb\n\n \n", ["    field: 2 lines"]],
  [
    "a long list that changes, with two lines around",
    list,
    other,
    [
      "    field:",
      "      @@ -2,3 +2,3 @@",
      "       - https://two.example/",
      "       - https://three.example/",
      "      -- https://four.example/",
      "      +- https://five.example/",
    ],
  ],
  [
    "a new long mapping, its own long texts folded",
    undefined,
    { text: `${"word ".repeat(20).trim()}`, more: 1 },
    ["    field:", `      text: ${"word ".repeat(13).trim()}`, `        ${"word ".repeat(7).trim()}`, "      more: 1"],
  ],
  [
    "a text that changes in one of its lines",
    "a\nb\nc\nd\n",
    "a\nb\nc\ne\n",
    ["    field:", "      @@ -2,3 +2,3 @@", "       b", "       c", "      -d", "      +e"],
  ],
])("a plan shows %s", (_what, before, after, lines) => {
  expect(renderField({ path: "field", before, after }, bare)).toEqual(lines);
});

test.each<[string, unknown, unknown, readonly string[]]>([
  ["new green", undefined, "a", ["    field: <green>a</>"]],
  ["gone red", "a", undefined, ["    field: <red>a</> <dim>→ gone</>"]],
  ["changed yellow", "a", "b", ["    field: a → <yellow>b</>"]],
  ["gone and too long dim", "a\nb", undefined, ["    field: <dim>→ gone</>"]],
  ["new and of several lines green", undefined, "a\nb", ["    field: <green>2 lines</>"]],
  [
    "new and a mapping green in each line",
    undefined,
    { a: word(70) },
    ["    field:", `      <green>a: ${word(70)}</>`],
  ],
  [
    "changed and too long as a diff",
    "a\nb",
    "a\nc",
    ["    field:", "      <dim>@@ -1,2 +1,2 @@</>", "       a", "      <red>-b</>", "      <green>+c</>"],
  ],
])("in a terminal what is %s", (_what, before, after, lines) => {
  expect(renderField({ path: "field", before, after }, marked)).toEqual(lines);
});

test("the width of a line is counted without its colours", () => {
  const colourful: Paint = (_style, text) => `\u001b[33m${text}\u001b[39m`;
  const after = [word(33), word(34)];
  expect(renderField({ path: "field", before: undefined, after }, colourful)).toEqual([
    `    field: \u001b[33m${word(33)}, ${word(34)}\u001b[39m`,
  ]);
});

test("a diff is indented, and its heads are neither added nor removed", () => {
  const patch = "--- live\n+++ new\n@@ -1,3 +1,3 @@\n same\n-old\n+new\n\n+ @@\n";
  expect(renderPatch(patch, "  ", marked)).toEqual([
    "  <dim>--- live</>",
    "  <dim>+++ new</>",
    "  <dim>@@ -1,3 +1,3 @@</>",
    "   same",
    "  <red>-old</>",
    "  <green>+new</>",
    "  <green>+ @@</>",
  ]);
});
