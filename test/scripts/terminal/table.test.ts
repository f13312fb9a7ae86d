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
  ])("%s", (_name, header, rows, expected) => {
    expect(renderTable(header, rows)).toBe(expected.join("\n"));
  });
});
