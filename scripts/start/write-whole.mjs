import { renameSync, writeFileSync } from "node:fs";

/** Puts a file in place whole or not at all: the same script may be started twice at once. */
export function writeWhole(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
