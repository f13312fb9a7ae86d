import { randomBytes } from "node:crypto";
import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { type Count, renderCount } from "./count.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";

/**
 * When a count is on the disk. `each`: before the request is answered; those that come meanwhile share one sync. `second`:
 * handed to the operating system before the request is answered and synced every second, so that a crash of the process
 * loses nothing and a power cut a second. `never`: synced when the system likes.
 */
export type Durability = "each" | "second" | "never";

export interface Journal {
  /** Resolves when the count is as safe as was chosen. @throws what the disk throws: then it does not count. */
  append(count: Count): Promise<void>;
  /** Ends the segment that is being written. Later counts go into another one. */
  rotate(): void;
  /** The segment that is being written, if there is one. */
  readonly current: SegmentId | undefined;
  close(): void;
}

export interface JournalOptions {
  readonly files: MeteringFiles;
  readonly durability: Durability;
  readonly clock: () => number;
  readonly failpoint: ReachFailpoint;
}

interface Segment {
  readonly id: SegmentId;
  readonly descriptor: number;
  /** The sync that has not begun yet: it will cover all that was written until it does. */
  next: Promise<void> | undefined;
  running: Promise<void> | undefined;
  isDirty: boolean;
}

/**
 * Segments are named after the process that writes them, by a number drawn at its start: meter events take their identifiers
 * from that name, so two processes can never make the same one, not even from copies of one directory.
 */
export function openJournal({ files, durability, clock, failpoint }: JournalOptions): Journal {
  const boot = randomBytes(8).toString("hex");
  let number = 0;
  let current: Segment | undefined;

  const begin = (): Segment => {
    const id = `${clock().toString(36)}-${boot}-${number++}`;
    return {
      id,
      descriptor: openSync(files.segment(id), "ax", 0o600),
      next: undefined,
      running: undefined,
      isDirty: false,
    };
  };
  const rotate = (): void => {
    if (current === undefined) return;
    const { descriptor, running, next } = current;
    current = undefined;
    void Promise.allSettled([running, next]).then(() => closeSync(descriptor));
  };

  const timer =
    durability === "second"
      ? setInterval(() => void (current?.isDirty && sync(current).catch(() => {})), 1000)
      : undefined;
  timer?.unref();

  return {
    async append(count) {
      current ??= begin();
      const line = renderCount(count);
      try {
        if (writeSync(current.descriptor, line) !== Buffer.byteLength(line)) throw new Error("The disk is full.");
      } catch (error) {
        // What was written of the line must stay the last of its segment.
        rotate();
        throw error;
      }
      current.isDirty = true;
      if (durability === "each") await sync(current);
      failpoint("appended");
    },
    rotate,
    get current() {
      return current?.id;
    },
    close() {
      clearInterval(timer);
      rotate();
    },
  };
}

/** One sync at a time; those who come while one runs share the one after it. */
function sync(segment: Segment): Promise<void> {
  segment.next ??= Promise.resolve(segment.running).then(() => {
    segment.next = undefined;
    segment.isDirty = false;
    segment.running = new Promise<void>((resolve, reject) => {
      fdatasync(segment.descriptor, (error) => (error === null ? resolve() : reject(error)));
    });
    return segment.running;
  });
  return segment.next;
}
