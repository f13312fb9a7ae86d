import { closeSync, fchmodSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";

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
  /** Of the lines that are in the file, those that are kept: 0 to 1, or more where there is none. */
  readonly share: number;
  readonly leastGrowth?: number;
}

/** Where less of the file is kept, it is written anew when it is opened. */
const LEAST_SHARE = 0.5;

/**
 * The file of a journal, which is written anew when it is opened with more that was overwritten than is kept, and whenever as much was
 * added as it held then: it takes at most about twice what is kept, and a change costs the same however long the process runs.
 * Where it cannot be written anew, as on a full disk, the former one is gone on with.
 *
 * @throws {NodeJS.ErrnoException} when it cannot be opened, or a line cannot be added
 */
export function openJournalFile(
  file: string,
  { listKept, share, leastGrowth = LEAST_GROWTH }: JournalFileOptions,
): JournalFile {
  const isKept = share >= LEAST_SHARE && endsWithLine(file);
  let descriptor = isKept ? openToAdd(file) : writeAnew(file, listKept());
  let size = fstatSync(descriptor).size;
  let limit = limitAfter(isKept ? size * share : size);
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

function openToAdd(file: string): number {
  const descriptor = openSync(file, "a", 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
}

/** Whether what is added begins a line: a crash can have cut off the last one. */
function endsWithLine(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() === "\n";
  } finally {
    closeSync(descriptor);
  }
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
