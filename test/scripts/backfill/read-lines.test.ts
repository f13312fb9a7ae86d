import { expect, test } from "@jest/globals";
import { LineTooLong, readLines } from "../../../scripts/backfill/read-lines.ts";

/** The bytes of a text in pieces of this size, in memory that is used again for each. */
async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size);
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    const piece = bytes.subarray(start, start + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<string[]> {
  const all: string[] = [];
  for await (const lines of readLines(pieces)) all.push(...lines);
  return all;
}

test.each([
  ["nothing", "", []],
  ["one line", "a\n", ["a"]],
  ["a last line without an end", "a\nb", ["a", "b"]],
  ["empty lines", "\n\na\n\n", ["", "", "a", ""]],
  ["CR LF", "a\r\nb\r\n", ["a", "b"]],
  ["a CR in a line", "a\rb\n", ["a\rb"]],
  ["letters of two, three and four bytes", "ä€𝄞\n𝄞", ["ä€𝄞", "𝄞"]],
  ["what only looks like an end of line", "a\u2028b\u0085c\n", ["a\u2028b\u0085c"]],
])("%s comes out the same, wherever the pieces end", async (_, text, lines) => {
  for (let size = 1; size <= 7; size += 1) await expect(collect(cut(text, size))).resolves.toEqual(lines);
});

test("a line without an end is given up before it fills the memory", async () => {
  const piece = new Uint8Array(1_000_000).fill(120);
  let asked = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (; ; asked += 1) yield piece;
  }
  await expect(collect(endless())).rejects.toThrow(LineTooLong);
  expect(asked).toBeLessThanOrEqual(41);
});
