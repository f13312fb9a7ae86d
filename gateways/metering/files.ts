import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAll } from "./write-all.ts";

/** A segment of the journal by its name: when it was begun, by which process, and its number there. */
export type SegmentId = string;

export interface MeteringFiles {
  /** One that is being written, or whose process is gone. */
  segment(id: SegmentId): string;
  /** One that nobody writes any more. */
  ended(id: SegmentId): string;
  batch(id: SegmentId): string;
  progress(id: SegmentId): string;
  /** A directory: batches that Stripe has taken. */
  readonly settled: string;
  readonly deadLetters: string;
  /** What was sent again of the dead letters. */
  readonly resent: string;
  /** Of who sends them again; the counting process does not. */
  readonly resentLock: string;
  readonly lock: string;
  /** Oldest first. */
  list(kind: "segment" | "ended" | "batch" | "progress"): readonly SegmentId[];
  /**
   * The whole file or, after a crash at any moment, none of it; read back before it is put in place.
   *
   * @throws {NodeJS.ErrnoException | WriteLost} the former from the disk
   */
  writeWhole(path: string, text: string, drafted?: () => void): void;
  rename(path: string, name: string): void;
  remove(path: string): void;
}

/** The disk took what it was given without an error, and has something else. */
class WriteLost extends Error {
  override readonly name = "WriteLost";
}

const KINDS = {
  segment: { prefix: "counts-", suffix: ".log" },
  ended: { prefix: "ended-", suffix: ".log" },
  batch: { prefix: "batch-", suffix: ".json" },
  progress: { prefix: "batch-", suffix: ".log" },
} as const;
/** What stands in a metering directory: files of the kinds above, those set aside, and those that have one name. */
const OWN_NAME =
  /^(?:counts|ended|batch|damaged|unreadable)-|^(?:dead-letters|resent)\.jsonl$|^(?:resent-)?lock$|^settled$/;
const ID_PATTERN = /^[0-9a-z]+-[0-9a-f]{16}-\d+$/;

/** Whether a process may have counted in it: it is empty, or something of metering stands there. */
export function isMeteringDirectory(directory: string): boolean {
  const names = readdirSync(directory);
  return names.length === 0 || names.some((name) => OWN_NAME.test(name));
}

/** Files of the metering directory, with what it takes for them to outlast a power cut. */
export function openFiles(directory: string): MeteringFiles {
  const pathOf =
    (kind: keyof typeof KINDS) =>
    (id: SegmentId): string =>
      join(directory, `${KINDS[kind].prefix}${id}${KINDS[kind].suffix}`);
  /** A file is in its directory for certain only once the directory is on the disk too. */
  const syncDirectory = (): void => withFile(directory, "r", (descriptor) => fsyncSync(descriptor));
  const remove = (path: string): void => {
    rmSync(path, { force: true });
    syncDirectory();
  };

  return {
    segment: pathOf("segment"),
    ended: pathOf("ended"),
    batch: pathOf("batch"),
    progress: pathOf("progress"),
    settled: join(directory, "settled"),
    deadLetters: join(directory, "dead-letters.jsonl"),
    resent: join(directory, "resent.jsonl"),
    resentLock: join(directory, "resent-lock"),
    lock: join(directory, "lock"),
    list(kind) {
      const { prefix, suffix } = KINDS[kind];
      return readdirSync(directory)
        .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
        .map((name) => name.slice(prefix.length, -suffix.length))
        .filter((id) => ID_PATTERN.test(id))
        .sort(byAge);
    },
    writeWhole(path, text, drafted) {
      const draft = `${path}.draft`;
      try {
        withFile(draft, "w", (descriptor) => {
          writeAll(descriptor, text);
          fsyncSync(descriptor);
        });
        if (readFileSync(draft, "utf8") !== text) throw new WriteLost(`${draft} is not what was written`);
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
      drafted?.();
      renameSync(draft, path);
      syncDirectory();
    },
    rename(path, name) {
      renameSync(path, join(directory, name));
      syncDirectory();
    },
    remove,
  };
}

function withFile<T>(path: string, flags: string, work: (descriptor: number) => T): T {
  const descriptor = openSync(path, flags, 0o600);
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The time in front has the same length for a thousand years; the number at the end grows. */
function byAge(one: SegmentId, other: SegmentId): number {
  return compare(startOf(one), startOf(other)) || numberOf(one) - numberOf(other);
}

const startOf = (id: SegmentId): string => id.slice(0, id.lastIndexOf("-"));
const numberOf = (id: SegmentId): number => Number(id.slice(id.lastIndexOf("-") + 1));
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
