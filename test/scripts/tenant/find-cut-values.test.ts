import { parseEnv } from "node:util";
import { expect, test } from "@jest/globals";
import { findCutValues } from "../../../scripts/tenant/find-cut-values.ts";

test.each([
  ["inside a value", "KEY=pass#word"],
  ["at its beginning", "KEY=#password"],
  ["behind a blank, with nothing like a comment behind it", "KEY=pass #word"],
  ["at its end", "KEY=password#"],
  ["behind export", "export KEY=pass#word"],
  ["around blanks at the equals sign", "KEY = pass#word"],
  ["in a value with a quote in its middle", 'KEY=pass"wo#rd"'],
])("a value without quotes is cut at a # %s", (_, line) => {
  expect(findCutValues(`# first\n${line}\nOTHER=1\n`)).toEqual([{ name: "KEY", line: 2, at: "#" }]);
});

test.each([
  ["double quotes in double quotes", 'KEY="pass"word"', '"'],
  ["JSON in double quotes", 'KEY="{"A":"b"}"', '"'],
  ["double quotes with a backslash before them", 'KEY="{\\"A\\":1}"', '"'],
  ["an apostrophe in single quotes", "KEY='pass'n'word'", "'"],
  ["backticks in backticks", "KEY=`pass`word`", "`"],
  ["what stands behind the quotes", 'KEY="pass" word', '"'],
  ["a # right behind the quotes", 'KEY="pass"#word', '"'],
  ["a quote that is closed by the next line's", 'KEY="pass\nOTHER="word"', '"'],
])("a value in quotes is cut: %s", (_, line, at) => {
  expect(findCutValues(`# first\n${line}\nLAST=1\n`)).toEqual([{ name: "KEY", line: 2, at }]);
  // Node, whose reading it is, does not have the end either.
  expect(parseEnv(`${line}\nLAST=1\n`).KEY).not.toContain("word");
});

test.each([
  ["double quotes", 'KEY="pass#word"'],
  ["single quotes", "KEY='pass#word' # comment"],
  ["backticks", "KEY=`pass#word`"],
  ["several lines in quotes", 'KEY="pass\n#word\nA=b#c"'],
  ["a comment behind it", "KEY=password # comment"],
  ["a comment behind nothing", "KEY= # comment"],
  ["a line that is a comment", "# KEY=pass#word"],
  ["no #", "KEY=password"],
  ["other quotes around its quotes", `KEY='{"A":"b"}'`],
  ["a quote that nothing closes", "KEY='pass#word"],
  ["a comment behind the quotes", 'KEY="password" # "comment"'],
  ["blanks behind the quotes, and the line ends of Windows", 'KEY="password" \r'],
])("and whole with %s", (_, text) => {
  expect(findCutValues(text)).toEqual([]);
});
