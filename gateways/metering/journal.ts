import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { type AppendLog, openAppendLog } from "./append-log.ts";
import { type Count, renderCount } from "./count.ts";
import { describeFault } from "./errors.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";

/**
 * When a count is on the disk. `each`: before the request is answered; those that come meanwhile share one sync. `second`:
 * handed to the operating system before the request is answered and synced every second, so that a crash of the process
 * loses nothing and a power cut a second. `never`: synced when the system likes.
 */
export type Durability = "each" | "second" | "never";

export interface Journal {
  /** Resolves when the count is as safe as was chosen. @throws {NodeJS.ErrnoException} what the disk throws: then it does not count. */
  append(count: Count): Promise<void>;
  /** Ends the segment that is being written, and resolves when it stays as it is. Later counts go into another one. */
  rotate(): Promise<void>;
  /** The segment that is being written, if there is one. */
  readonly current: SegmentId | undefined;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly files: MeteringFiles;
  readonly durability: Durability;
  readonly clock: () => number;
  readonly log: (line: string) => void;
  readonly failpoint: ReachFailpoint;
}

/** Counts of requests that came with one turn of the event loop: they are written with one call. */
interface Gathering {
  lines: string;
  readonly written: Promise<void>;
}

interface Segment {
  readonly id: SegmentId;
  readonly path: string;
  readonly log: AppendLog;
}

/**
 * Segments are named after the process that writes them, by a number drawn at its start: meter events take their identifiers
 * from that name, so two processes can never make the same one, not even from copies of one directory.
 */
export function openJournal({ files, durability, clock, log, failpoint }: JournalOptions): Journal {
  const boot = randomBytes(8).toString("hex");
  let number = 0;
  let current: Segment | undefined;
  let gathering: Gathering | undefined;

  const begin = (): Segment => {
    const id = `${Math.floor(clock()).toString(36)}-${boot}-${number++}`;
    const options = { flags: "ax", takesBack: durability === "each" } as const;
    const path = files.segment(id);
    return { id, path, log: openAppendLog(path, options) };
  };
  /** Before another process reads a segment it gives it another name. So what is written while it has this one is read. */
  const checkIsOurs = (segment: Segment): void => {
    if (existsSync(segment.path)) return;
    current = undefined;
    void segment.log.close();
    throw new Error("Another process has ended this segment.");
  };
  const write = async (lines: string): Promise<void> => {
    if (current?.log.isBroken === true) await end();
    current ??= begin();
    const segment = current;
    segment.log.append(lines, () => checkIsOurs(segment));
    if (durability === "each") await segment.log.sync();
    failpoint("appended");
  };
  const gather = (): Gathering => {
    const begun: Gathering = {
      lines: "",
      written: new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        if (gathering === begun) gathering = undefined;
        return write(begun.lines);
      }),
    };
    return begun;
  };
  const end = async (): Promise<void> => {
    const ended = current;
    current = undefined;
    await ended?.log.close();
  };
  const syncEverySecond = async (): Promise<void> => {
    if (current?.log.isDirty !== true) return;
    try {
      await current.log.sync();
    } catch (error) {
      // The system may forget what it failed to write. A segment that has ended is written again, as a batch.
      log(`metering: counts could not be synced (${describeFault(error)}): a power cut would lose them`);
      await end();
    }
  };
  const rotate = async (): Promise<void> => {
    await gathering?.written.catch(() => undefined);
    await end();
  };

  const timer = durability === "second" ? setInterval(() => void syncEverySecond(), 1000) : undefined;
  timer?.unref();

  return {
    append(count) {
      gathering ??= gather();
      gathering.lines += renderCount(count);
      return gathering.written;
    },
    rotate,
    get current() {
      return current?.id;
    },
    close() {
      clearInterval(timer);
      return rotate();
    },
  };
}
