import { expect, test } from "@jest/globals";
import { foldStream } from "../../../scripts/terminal/fold-stream.ts";

/** What arrives of these texts. */
function pass(
  texts: readonly (string | Uint8Array)[],
  terminal: { readonly isTTY: boolean; readonly columns?: number },
) {
  const written: unknown[] = [];
  const stream = { ...terminal, write: (chunk: unknown) => written.push(chunk) > 0 };
  foldStream(stream as unknown as NodeJS.WriteStream);
  for (const text of texts) stream.write(text);
  return written;
}

const LONG = "one two three four";

test.each<[string, string, string]>([
  ["a long line at its blanks", LONG, "one two\nthree four"],
  ["each line for itself", `${LONG}\nfive\n`, "one two\nthree four\nfive\n"],
  ["where it begins", `  ${LONG}`, "  one two\n  three\n  four"],
  ["and no word", "https://example.com/a/b", "https://example.com/a/b"],
  ["and no line that fits", "one  two", "one  two"],
  ["and what is painted by what is seen of it", "\u001b[31mone two\u001b[39m", "\u001b[31mone two\u001b[39m"],
])("a terminal's text is folded: %s", (_what, text, folded) => {
  expect(pass([text], { isTTY: true, columns: 10 })).toEqual([folded]);
});

test.each([0, undefined])("a terminal that says %p columns has 80", (columns) => {
  const terminal = { isTTY: true, ...(columns !== undefined && { columns }) };
  expect(pass([`${"a".repeat(75)} bcde`, `${"a".repeat(75)} bcdef`], terminal)).toEqual([
    `${"a".repeat(75)} bcde`,
    `${"a".repeat(75)}\nbcdef`,
  ]);
});

test("bytes stay as they are, and so does what goes to a file", () => {
  const bytes = Buffer.from(LONG);
  expect(pass([bytes], { isTTY: true, columns: 10 })).toEqual([bytes]);
  expect(pass([LONG], { isTTY: false, columns: 10 })).toEqual([LONG]);
});
