import { expect, test } from "@jest/globals";
import { fillFile } from "../../../scripts/tenant/files/fill-file.ts";
import type { KeywordValue } from "../../../scripts/tenant/keyword-values.ts";

const VALUES: Readonly<Record<string, KeywordValue>> = {
  NAME: { kind: "text", text: 'a "b"' },
  region: { kind: "text", text: "eu" },
  LIST: { kind: "json", value: [1, 2] },
};
const fill = (text: string) => fillFile(text, (name) => VALUES[name]);

test.each([
  ["##NAME##", 'a "b"'],
  ["@@NAME@@", '"a \\"b\\""'],
  ["'@@NAME@@'", '"a \\"b\\""'],
  ['"@@LIST@@"', "[1,2]"],
  ["'@@NAME@@\"", '\'"a \\"b\\"""'],
  ["'@@password@@'", "'@@password@@'"],
  ["##LIST##", "##LIST##"],
  ["x ##region## y\n", "x eu y\n"],
])("%j becomes %j", (text, expected) => {
  expect(fill(text).text).toBe(expected);
});

test("a name in capitals without a value is left, Auth0's own names are nothing of ours, and each has its line", () => {
  const { left, keywords } = fill("##region##\n@@password@@ ##GONE##\n@@NAME@@");
  expect(left.map(({ marker, line }) => [marker.name, line])).toEqual([["GONE", 2]]);
  expect(keywords.map(({ name, line }) => [name, line])).toEqual([
    ["region", 1],
    ["GONE", 2],
    ["NAME", 3],
  ]);
});
