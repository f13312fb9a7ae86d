import { existsSync, readFileSync } from "node:fs";
import { type AppendLog, openAppendLog } from "./append-log.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";
import { BatchUnreadable, parseEvents } from "./parse-events.ts";
import { type Progress, readProgress } from "./progress.ts";
import { keepSettled } from "./settled.ts";

export interface Batch {
  readonly id: SegmentId;
  readonly events: readonly MeterEvent[];
  /** By the event's place in the batch. */
  progressOf(index: number): Progress;
  /** An attempt is on the disk when this resolves; the rest may be lost to a power cut, and is then found out again. */
  note(index: number, progress: Progress): Promise<void>;
  /** All events are settled: puts it where `findSettled` looks. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export function writeBatch(
  files: MeteringFiles,
  id: SegmentId,
  events: readonly MeterEvent[],
  failpoint: ReachFailpoint,
): void {
  files.writeWhole(files.batch(id), JSON.stringify({ version: 1, events }), () => failpoint("batch drafted"));
  failpoint("batch written");
}

export function isWhole(files: MeteringFiles, id: SegmentId): boolean {
  try {
    parseEvents(readFileSync(files.batch(id), "utf8"), id);
    return true;
  } catch (error) {
    if (error instanceof BatchUnreadable) return false;
    throw error;
  }
}

/** @throws {BatchUnreadable | NodeJS.ErrnoException} the latter from the disk */
export function readBatch(files: MeteringFiles, id: SegmentId, failpoint: ReachFailpoint): Batch {
  const events = parseEvents(readFileSync(files.batch(id), "utf8"), id);
  const path = files.progress(id);
  const progress = existsSync(path) ? readProgress(readFileSync(path, "utf8")) : new Map<number, Progress>();
  let log: AppendLog | undefined;
  const close = async (): Promise<void> => {
    const closing = log?.close();
    log = undefined;
    await closing;
  };
  return {
    id,
    events,
    progressOf: (index) => progress.get(index) ?? { kind: "untouched" },
    async note(index, state) {
      // What is known to have become of it holds for this process, whether it can be written down or not.
      if (state.kind !== "attempted") progress.set(index, state);
      log ??= openAppendLog(path, { flags: "a" });
      log.append(`${JSON.stringify([index, state])}\n`);
      if (state.kind === "attempted") await log.sync();
      progress.set(index, state);
    },
    async settle() {
      await close();
      // In this order: a batch without its progress would be sent all over again.
      keepSettled(files, id);
      failpoint("batch removed");
      files.remove(path);
      failpoint("progress removed");
    },
    close,
  };
}

/** For a person to look at, under a name that is not read again. Its progress says which of its events were sent. */
export function setBatchAside(files: MeteringFiles, id: SegmentId): void {
  if (existsSync(files.progress(id))) files.rename(files.progress(id), `unreadable-${id}.log`);
  files.rename(files.batch(id), `unreadable-${id}.json`);
}
