import { expect, test } from "@jest/globals";
import { findPaths } from "../../../scripts/tenant/find-paths.ts";

test.each<[string, unknown, string, readonly (readonly (string | number)[])[]]>([
  ["a member", { a: { b: 1 } }, "a.b", [["a", "b"]]],
  ["what is not there", { a: {} }, "a.b", []],
  [
    "every entry",
    { a: [{ v: 1 }, { w: 2 }, { v: 3 }] },
    "a.*.v",
    [
      ["a", 0, "v"],
      ["a", 2, "v"],
    ],
  ],
  [
    "every value",
    { a: { x: "1", y: "2" } },
    "a.*",
    [
      ["a", "x"],
      ["a", "y"],
    ],
  ],
  [
    "any depth",
    { n: [{ c: { id: "1" } }, { d: [{ id: "2" }] }], id: "0" },
    "**.id",
    [["id"], ["n", 0, "c", "id"], ["n", 1, "d", 0, "id"]],
  ],
  [
    "every key with a word in it, however it is written, and none that only ends where the pattern does",
    { secret: { a: 1 }, mySecret: 2, SECRETS: 3, "a.b secret": 4, other: 5, secre: 6 },
    "*secret*",
    [["secret"], ["mySecret"], ["SECRETS"], ["a.b secret"]],
  ],
  ["an empty text and null, and no member that is undefined", { a: "", b: null, c: undefined }, "*", [["a"], ["b"]]],
])("finds %s", (_, root, pattern, expected) => {
  expect(findPaths(root, pattern)).toEqual(expected);
});
