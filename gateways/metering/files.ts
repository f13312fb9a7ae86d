import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A segment of the journal by its name: when it was begun, by which process, and its number there. */
export type SegmentId = string;

const segmentPattern = /^counts-([0-9a-z]+-[0-9a-f]{16}-\d+)\.log$/;
const batchPattern = /^batch-([0-9a-z]+-[0-9a-f]{16}-\d+)\.json$/;
const progressPattern = /^batch-([0-9a-z]+-[0-9a-f]{16}-\d+)\.log$/;

export interface MeteringFiles {
  segment(id: SegmentId): string;
  batch(id: SegmentId): string;
  progress(id: SegmentId): string;
  readonly deadLetters: string;
  readonly lock: string;
  /** Oldest first. */
  listSegments(): readonly SegmentId[];
  listBatches(): readonly SegmentId[];
  listProgress(): readonly SegmentId[];
  /** The whole file or, after a crash at any moment, none of it. */
  writeWhole(path: string, text: string, drafted?: () => void): void;
  remove(path: string): void;
}

/** Files of the metering directory, with what it takes for them to outlast a power cut. */
export function openFiles(directory: string): MeteringFiles {
  const list = (pattern: RegExp): readonly SegmentId[] =>
    readdirSync(directory)
      .flatMap((name) => pattern.exec(name)?.[1] ?? [])
      .sort(byAge);
  /** A file is in its directory for certain only once the directory is on the disk too. */
  const syncDirectory = (): void => withFile(directory, "r", (descriptor) => fsyncSync(descriptor));

  return {
    segment: (id) => join(directory, `counts-${id}.log`),
    batch: (id) => join(directory, `batch-${id}.json`),
    progress: (id) => join(directory, `batch-${id}.log`),
    deadLetters: join(directory, "dead-letters.jsonl"),
    lock: join(directory, "lock"),
    listSegments: () => list(segmentPattern),
    listBatches: () => list(batchPattern),
    listProgress: () => list(progressPattern),
    writeWhole(path, text, drafted) {
      const draft = `${path}.draft`;
      withFile(draft, "w", (descriptor) => {
        writeSync(descriptor, text);
        fsyncSync(descriptor);
      });
      drafted?.();
      renameSync(draft, path);
      syncDirectory();
    },
    remove(path) {
      rmSync(path, { force: true });
      syncDirectory();
    },
  };
}

export function withFile<T>(path: string, flags: string, work: (descriptor: number) => T): T {
  const descriptor = openSync(path, flags, 0o600);
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The time in front has the same length for a thousand years; the number at the end grows. */
function byAge(one: SegmentId, other: SegmentId): number {
  const [time = "", boot = "", number = ""] = one.split("-");
  const [otherTime = "", otherBoot = "", otherNumber = ""] = other.split("-");
  return compare(time, otherTime) || compare(boot, otherBoot) || Number(number) - Number(otherNumber);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
