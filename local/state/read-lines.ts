import { closeSync, openSync, readSync } from "node:fs";

const PIECE = 1 << 20;
const LINE_END = 0x0a;

/**
 * The lines of a file that have an end, one after the other: a file may be larger than the longest text that there can be. What
 * stands behind the last line end is left out. Each is good until the next one is asked for.
 *
 * @param size bytes that are read at once
 */
export function* readLines(file: string, size = PIECE): Generator<Buffer> {
  const descriptor = openSync(file, "r");
  try {
    const piece = Buffer.allocUnsafe(size);
    let begun: Buffer[] = [];
    for (;;) {
      const length = readSync(descriptor, piece);
      if (length === 0) return;
      let from = 0;
      for (let end = find(piece, from, length); end !== -1; end = find(piece, from, length)) {
        const rest = piece.subarray(from, end);
        yield begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        begun = [];
        from = end + 1;
      }
      // A copy: the next piece is read over this one.
      begun.push(Buffer.from(piece.subarray(from, length)));
    }
  } finally {
    closeSync(descriptor);
  }
}

function find(piece: Buffer, from: number, length: number): number {
  const end = piece.indexOf(LINE_END, from);
  return end < length ? end : -1;
}
