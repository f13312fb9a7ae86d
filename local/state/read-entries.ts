import { existsSync } from "node:fs";
import { readLines } from "./read-lines.ts";

/** A line of a journal: collection, key, and the record; without one it was deleted. */
export interface Entry {
  readonly c: string;
  readonly k: string;
  readonly v?: unknown;
}

/** A journal that cannot be read: not a cut-off end, which is expected, but something else in the file. */
class JournalError extends Error {
  override readonly name = "JournalError";
  readonly code = "unreadable_journal";
}

/**
 * Reads the entries of a file in their order, of the collections in `newest` without the lines that can be of no record that is still
 * there: parsing is what opening a large file takes.
 */
export function createEntryReader(newest: Readonly<Record<string, number>>) {
  let count = 0;
  return {
    /** How many lines were read, those that were passed over too. */
    count: () => count,
    *read(file: string): Generator<Entry> {
      if (!existsSync(file)) return;
      const limited = countPast(file, newest);
      for (const line of readLines(file)) {
        count += 1;
        const past = limited.find(({ start }) => startsWith(line, start));
        if (past !== undefined && past.lines > 0) past.lines -= 1;
        else if (line.length > 0) yield parseEntry(line.toString(), `${file}:${count}`);
      }
    },
  };
}

/** How many of the lines that begin so are past. A record that is kept has at most a younger one and a deletion behind it. */
function countPast(file: string, newest: Readonly<Record<string, number>>) {
  const limited = Object.entries(newest).map(([name, most]) => ({
    start: Buffer.from(`{"c":${JSON.stringify(name)},`),
    lines: -2 * most,
  }));
  if (limited.length === 0) return limited;
  for (const line of readLines(file)) {
    const found = limited.find(({ start }) => startsWith(line, start));
    if (found !== undefined) found.lines += 1;
  }
  return limited;
}

const startsWith = (line: Buffer, start: Buffer): boolean =>
  line.length >= start.length && start.compare(line, 0, start.length) === 0;

function parseEntry(line: string, place: string): Entry {
  try {
    const entry = JSON.parse(line) as Partial<Entry> | null;
    if (typeof entry?.c === "string" && typeof entry.k === "string") return entry as Entry;
  } catch {
    // Falls through: what is wrong with the line would show what is in it.
  }
  throw new JournalError(`${place} is not a line of saved state. Restore the file, or move it away to start afresh.`);
}
