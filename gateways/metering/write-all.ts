import { writeSync } from "node:fs";

/** A disk that fills up takes a part of what it is given, and refuses the rest only when it is asked again. */
export function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    const count = writeSync(descriptor, bytes.subarray(written));
    if (count === 0) throw Object.assign(new Error("Nothing was written."), { code: "ENOSPC" });
    written += count;
  }
}
