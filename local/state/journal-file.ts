import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** Bytes of changes after which a file is written anew, where what it holds is not larger. */
const LEAST_GROWTH = 32 << 20;
/** Characters that are written at once. */
const BATCH = 1 << 20;

export interface JournalFile {
  /** Adds a line. It is with the operating system when this returns. */
  append(line: string): void;
  close(): void;
}

export interface JournalFileOptions {
  /** What must be kept, a line each, without its end. */
  readonly listKept: () => Iterable<string>;
  readonly leastGrowth?: number;
}

/**
 * The file of a journal, which is written anew when it is opened, and whenever as much was added as it held then: it takes at most
 * about twice what is kept, and a change costs the same however long the process runs. Where it cannot be written anew, as on a full
 * disk, the former one is gone on with.
 *
 * @throws {NodeJS.ErrnoException} when it cannot be opened, or a line cannot be added
 */
export function openJournalFile(
  file: string,
  { listKept, leastGrowth = LEAST_GROWTH }: JournalFileOptions,
): JournalFile {
  let descriptor = writeAnew(file, listKept());
  let size = fstatSync(descriptor).size;
  let limit = limitAfter(size);
  function limitAfter(kept: number): number {
    return kept + Math.max(kept, leastGrowth);
  }
  function compact(): void {
    try {
      const fresh = writeAnew(file, listKept());
      closeSync(descriptor);
      descriptor = fresh;
      size = fstatSync(fresh).size;
    } catch {
      // The former file has it all.
    }
    limit = limitAfter(size);
  }
  return {
    append(line) {
      size += writeWhole(descriptor, `${line}\n`);
      if (size > limit) compact();
    },
    close: () => closeSync(descriptor),
  };
}

/** Beside the former file first, then in its place: a crash leaves one or the other, never half. Answers the new one, to add to. */
function writeAnew(file: string, lines: Iterable<string>): number {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  const descriptor = openSync(draft, "a", 0o600);
  try {
    let batch = "";
    for (const line of lines) {
      batch += `${line}\n`;
      if (batch.length < BATCH) continue;
      writeWhole(descriptor, batch);
      batch = "";
    }
    writeWhole(descriptor, batch);
    renameSync(draft, file);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A disk that is almost full takes a part. @returns bytes */
function writeWhole(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}
