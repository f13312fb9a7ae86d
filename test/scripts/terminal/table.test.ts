import { describe, expect, test } from "@jest/globals";
import { renderTable } from "../../../scripts/terminal/table.ts";

describe("a table", () => {
  test.each<[string, readonly string[], readonly (readonly string[])[], readonly string[]]>([
    [
      "aligns its columns, without blanks at the end of a line",
      ["A", "B"],
      [
        ["long", "x"],
        ["s", ""],
      ],
      ["A     B", "long  x", "s"],
    ],
    [
      "does not count colours",
      ["A", "B"],
      [["\u001b[31mred\u001b[39m", "x"]],
      ["A    B", "\u001b[31mred\u001b[39m  x"],
    ],
    ["puts the lines of a cell below each other", ["A", "B"], [["1\n2", "x"]], ["A  B", "1  x", "2"]],
    ["is empty without rows", ["A"], [], [""]],
    [
      "folds its widest column where a terminal is too narrow",
      ["NAME", "WHAT"],
      [["a", `${"word ".repeat(20)}end`]],
      [`NAME  WHAT`, `a     ${"word ".repeat(14)}word`, `      ${"word ".repeat(5)}end`],
    ],
    [
      "folds what is painted, and paints what is beside it not",
      ["NAME", "WHAT", "X"],
      [["a", `\u001b[31m${"word ".repeat(20)}end\u001b[39m`, "x"]],
      [
        `NAME  ${"WHAT".padEnd(71)}  X`,
        `a     \u001b[31m${"word ".repeat(13)}word\u001b[0m    x`,
        `      \u001b[31m${"word ".repeat(6)}end\u001b[39m`,
      ],
    ],
    [
      "leaves a word whole that is wider than a terminal",
      ["NAME", "WHAT"],
      [["two words", "x".repeat(90)]],
      ["NAME   WHAT", `two    ${"x".repeat(90)}`, "words"],
    ],
  ])("%s", (_name, header, rows, expected) => {
    expect(renderTable(header, rows)).toBe(expected.join("\n"));
  });
});
