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
 * Reads the entries of a file in their order, those of the collections in `newest` behind all others and without the lines that can
 * have been of no record that is still there: parsing is what opening a large file takes.
 */
export function createEntryReader(newest: Readonly<Record<string, number>>) {
  let count = 0;
  return {
    /** How many lines were read, those that were passed over too. */
    count: () => count,
    *read(file: string): Generator<Entry> {
      if (!existsSync(file)) return;
      const tails = Object.entries(newest).map(([name, most]) => createTail(`{"c":${JSON.stringify(name)},`, most));
      for (const line of readLines(file)) {
        count += 1;
        if (line === "") continue;
        const tail = tails.find(({ start }) => line.startsWith(start));
        if (tail === undefined) yield parseEntry(line, `${file}:${count}`);
        else tail.add({ line, number: count });
      }
      for (const tail of tails) for (const { line, number } of tail.list()) yield parseEntry(line, `${file}:${number}`);
    },
  };
}

interface NumberedLine {
  readonly line: string;
  readonly number: number;
}

/** The last lines that begin so. A record that is kept has at most one line of a younger one and one of a deletion behind it. */
function createTail(start: string, most: number) {
  let lines: NumberedLine[] = [];
  return {
    start,
    add(line: NumberedLine): void {
      lines.push(line);
      if (lines.length >= 3 * most) lines = lines.slice(-2 * most);
    },
    list: (): readonly NumberedLine[] => lines.slice(-2 * most),
  };
}

function parseEntry(line: string, place: string): Entry {
  try {
    const entry = JSON.parse(line) as Partial<Entry> | null;
    if (typeof entry?.c === "string" && typeof entry.k === "string") return entry as Entry;
  } catch {
    // Falls through: what is wrong with the line would show what is in it.
  }
  throw new JournalError(`${place} is not a line of saved state. Restore the file, or move it away to start afresh.`);
}
