import { existsSync, mkdirSync } from "node:fs";
import type { Usage } from "../authorizer/decision.ts";
import { type Batch, readBatch, setBatchAside } from "./batch.ts";
import { type DeadLetter, readDeadLetters, readOpenDeadLetters, writeDeadLetter } from "./dead-letters.ts";
import { isFault, MeteringDirectoryUnusable } from "./errors.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import { type MeteringFiles, openFiles, type SegmentId } from "./files.ts";
import { type Durability, openJournal } from "./journal.ts";
import { type Lock, takeLock } from "./lock.ts";
import { type MachineTime, readMachineTime } from "./machine-time.ts";
import { makeBatches } from "./make-batches.ts";
import type { SendMeterEvent } from "./meter-event.ts";
import { BatchUnreadable } from "./parse-events.ts";
import { type LateRefusal, refuseLater } from "./refuse-later.ts";
import { scheduleFlushes } from "./schedule-flushes.ts";
import { sendBatch } from "./send-batch.ts";
import { createForgetSettled } from "./settled.ts";

export interface Meter {
  /** Before the request is answered as allowed. @throws {Error} when it could not be written down: then it must be refused */
  count(usage: Usage): Promise<void>;
  /** Sends what has been counted. @returns what kept it from sending all */
  flush(signal?: AbortSignal): Promise<string | undefined>;
  /** What Stripe took and has refused since. @returns false where this directory does not know the event */
  refuseLater(refusal: LateRefusal): Promise<boolean>;
  readDeadLetters(): readonly DeadLetter[];
  readonly stats: MeterStats;
  /** Counts no more, sends what it can in the time, and leaves the rest to the next start. */
  close(milliseconds?: number): Promise<void>;
}

interface MeterStats {
  /** Requests since the start. */
  readonly counted: number;
  /** Batches that wait to be sent. */
  readonly waiting: number;
  /** Not billed since, either. */
  readonly deadLetters: number;
}

export interface MeterOptions {
  /** This process's own. It is made if it is missing. */
  readonly directory: string;
  readonly send: SendMeterEvent;
  /** `second` without it. */
  readonly durability?: Durability;
  /** Milliseconds between flushes, give or take a fifth so that nodes do not meet; 15,000 without it. 0: only by hand. */
  readonly flushEvery?: number;
  readonly parallel?: number;
  readonly clock?: () => number;
  /** For tests: the machine's own time. */
  readonly machine?: MachineTime;
  /** One line for an operator; nothing personal in it. */
  readonly log?: (line: string) => void;
  /** For crash tests. */
  readonly failpoint?: ReachFailpoint;
}

/**
 * Counts allowed requests and reports them as meter events, each once. What a crash leaves behind is finished by the next
 * process that opens the directory.
 *
 * @throws {MeteringLocked | MeteringDirectoryUnusable} the former when another process has the directory
 */
export function openMeter(options: MeterOptions): Meter {
  const { directory, send, clock = Date.now, log = () => {}, failpoint = () => {}, flushEvery = 15_000 } = options;
  const { machine = readMachineTime() } = options;
  const files = openFiles(directory);
  const lock = openDirectory(directory, files, () =>
    log(
      `metering: another process has taken over ${directory}, or its lock is gone; this one counts no more, and metered requests get 503. ` +
        "Give each process a directory of its own, and start this one again",
    ),
  );
  const journal = openJournal({ files, durability: options.durability ?? "second", clock, log, failpoint });

  let counted = 0;
  let isClosed = false;
  let running: Promise<string | undefined> = Promise.resolve(undefined);
  /** Kept from one flush to the next: what it knows of its events may not have reached the disk. */
  let batch: Batch | undefined;

  const sendOne = async (id: SegmentId, signal: AbortSignal): Promise<string | undefined> => {
    if (batch?.id !== id) {
      await batch?.close();
      batch = undefined;
      batch = readBatch(files, id, failpoint);
    }
    const outcome = await sendBatch(batch, {
      send,
      clock,
      machine,
      signal,
      failpoint,
      parallel: options.parallel ?? 4,
      deadLetter: async (event, reason, detail) => {
        await writeDeadLetter(files, { event, reason, detail, at: clock() });
        log(`metering: ${event.identifier} is not billed (${reason}${detail === undefined ? "" : `, ${detail}`})`);
      },
    });
    if (outcome.kind === "stopped") {
      log(`metering: stopped at batch ${id} (${outcome.reason}); it is tried again`);
      return outcome.reason;
    }
    await batch.settle();
    batch = undefined;
    return undefined;
  };
  const forgetSettled = createForgetSettled(files);
  const run = async (signal: AbortSignal): Promise<string | undefined> => {
    if (!lock.isHeld()) return "the directory is another process's";
    forgetSettled(clock());
    await journal.rotate();
    const left = await makeBatches({ files, clock, failpoint, log, isOpen: (id) => id === journal.current });
    failpoint("batches made");
    for (const id of files.list("batch")) {
      try {
        const stopped = await sendOne(id, signal);
        if (stopped !== undefined) return stopped;
      } catch (error) {
        if (!(error instanceof BatchUnreadable)) throw error;
        setBatchAside(files, id);
        log(`metering: batch ${id} cannot be read and is not billed; it is set aside as unreadable-${id}.json`);
      }
    }
    return left;
  };
  const flush = (signal = new AbortController().signal): Promise<string | undefined> => {
    running = running.catch(() => undefined).then(() => run(signal));
    return running;
  };

  const flushes = scheduleFlushes({ flush, every: flushEvery, log });

  return {
    async count(usage) {
      if (isClosed) throw new Error("The meter is closed.");
      if (!lock.isHeld()) throw new Error("Another process has taken over the directory.");
      await journal.append({ ...usage, at: Math.floor(clock() / 1000) });
      counted += 1;
    },
    flush,
    refuseLater: (refusal) => refuseLater(files, refusal, clock()),
    readDeadLetters: () => readDeadLetters(files),
    get stats() {
      return { counted, waiting: files.list("batch").length, deadLetters: readOpenDeadLetters(files).length };
    },
    async close(milliseconds = 2_000) {
      if (isClosed) return;
      isClosed = true;
      flushes.stop();
      const signal = AbortSignal.timeout(milliseconds);
      const late = new Promise((resolve) => signal.addEventListener("abort", resolve));
      await Promise.race([flush(signal).catch(() => undefined), late]);
      await journal.close().catch(() => undefined);
      await batch?.close();
      lock.release();
    },
  };
}

/** @throws {MeteringLocked | MeteringDirectoryUnusable} */
function openDirectory(directory: string, files: MeteringFiles, whenLost: () => void): Lock {
  let lock: Lock | undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    lock = takeLock(files.lock, { whenLost });
    for (const id of files.list("progress")) if (!existsSync(files.batch(id))) files.remove(files.progress(id));
    return lock;
  } catch (error) {
    lock?.release();
    throw isFault(error) ? new MeteringDirectoryUnusable(directory, error) : error;
  }
}
