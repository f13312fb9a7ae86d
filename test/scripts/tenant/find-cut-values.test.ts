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
  expect(findCutValues(`# first\n${line}\nOTHER=1\n`)).toEqual([{ name: "KEY", line: 2 }]);
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
])("and whole with %s", (_, text) => {
  expect(findCutValues(text)).toEqual([]);
});
