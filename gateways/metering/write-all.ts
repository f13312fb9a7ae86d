import { writeSync } from "node:fs";

/**
 * A disk that fills up takes a part of what it is given, and refuses the rest only when it is asked again.
 *
 * @returns how many bytes it was
 */
export function writeAll(descriptor: number, text: string): number {
  const length = Buffer.byteLength(text);
  // The whole of it nearly always, and a text is written faster than a buffer is made of it.
  let written = writeSync(descriptor, text);
  while (written < length) {
    const count = writeSync(descriptor, Buffer.from(text).subarray(written));
    if (count === 0) throw Object.assign(new Error("Nothing was written."), { code: "ENOSPC" });
    written += count;
  }
  return length;
}
