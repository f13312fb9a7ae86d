import { closeSync, openSync, read } from "node:fs";
import { type Count, parseCounts } from "./count.ts";

/** Bytes: some milliseconds of work. */
const SLICE = 128 * 1024;
const NEWLINE = 0x0a;

/**
 * Reads the counts of a segment in slices, so that requests are answered meanwhile, however many there are.
 *
 * @returns how many lines cannot be read
 */
export async function readCounts(path: string, take: (counts: readonly Count[]) => void): Promise<number> {
  const descriptor = openSync(path, "r");
  let damaged = 0;
  let rest = Buffer.alloc(0);
  try {
    for (let slice = await readSlice(descriptor); slice.length > 0; slice = await readSlice(descriptor)) {
      const bytes = Buffer.concat([rest, slice]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(end);
      const parsed = parseCounts(bytes.toString("utf8", 0, end));
      damaged += parsed.damaged;
      take(parsed.counts);
    }
    return damaged;
  } finally {
    closeSync(descriptor);
  }
}

/** The next bytes; none at the end. */
function readSlice(descriptor: number): Promise<Buffer> {
  const buffer = Buffer.alloc(SLICE);
  return new Promise((resolve, reject) => {
    read(descriptor, buffer, 0, SLICE, null, (error, length) =>
      error === null ? resolve(buffer.subarray(0, length)) : reject(error),
    );
  });
}
