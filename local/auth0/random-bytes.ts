import { randomFillSync } from "node:crypto";

/** Asking for many at once costs as much as asking for a few; node:crypto makes its own UUIDs so. */
const pool = Buffer.alloc(4096);
let taken = pool.length;

/** Bytes that nobody guesses and that are handed out once, as many as the pool has at the most. */
export function takeRandomBytes(length: number): Buffer {
  if (taken + length > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const bytes = Buffer.from(pool.subarray(taken, taken + length));
  pool.fill(0, taken, taken + length);
  taken += length;
  return bytes;
}
