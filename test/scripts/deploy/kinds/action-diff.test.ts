import { expect, test } from "@jest/globals";
import { renderCodeDiff } from "../../../../scripts/deploy/kinds/action/render-diff.ts";

const statements = Array.from({ length: 60 }, (_, index) => `const value${index} = compute(${index});`);
const readable = `${statements.join("\n")}\n`;
const minified = `${statements.join("")}\n`;
const changedLines = (diff: string) => diff.split("\n").filter((line) => /^[-+](?![-+])/.test(line));

test("shows the statements of minified code that differ, and few beside them", () => {
  const diff = renderCodeDiff({ name: "guard" }, minified, minified.replace("compute(30)", "compute(31)"));
  expect(changedLines(diff)).toEqual(["-const value30 = compute(30);", "+const value30 = compute(31);"]);
  expect(diff.split("\n").length).toBeLessThan(20);
});

test.each([
  ["readable code", readable, readable.replace("compute(30)", "compute( 31 )"), "+const value30 = compute( 31 );"],
  ["code that cannot be parsed", `${minified}}`, `${minified}}}`, "+}}"],
])("shows %s as it is", (_what, before, after, line) => {
  expect(changedLines(renderCodeDiff({ name: "guard" }, before, after))).toContain(line);
});
