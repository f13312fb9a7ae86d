import { closeSync, openSync, readSync } from "node:fs";

const PIECE = 1 << 20;
const LINE_END = 0x0a;

/**
 * The lines of a file that have an end, one after the other: a file may be larger than the longest text that there can be. What
 * stands behind the last line end is left out.
 *
 * @param size bytes that are read at once
 */
export function* readLines(file: string, size = PIECE): Generator<string> {
  const descriptor = openSync(file, "r");
  try {
    let begun: Buffer[] = [];
    for (;;) {
      // A new one each time: what is left of a line is kept until its end is read.
      const piece = Buffer.allocUnsafe(size);
      const length = readSync(descriptor, piece);
      if (length === 0) return;
      let from = 0;
      for (let end = find(piece, from, length); end !== -1; end = find(piece, from, length)) {
        yield Buffer.concat([...begun, piece.subarray(from, end)]).toString();
        begun = [];
        from = end + 1;
      }
      begun.push(piece.subarray(from, length));
    }
  } finally {
    closeSync(descriptor);
  }
}

function find(piece: Buffer, from: number, length: number): number {
  const end = piece.indexOf(LINE_END, from);
  return end < length ? end : -1;
}
