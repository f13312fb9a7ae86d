import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";

/** What has become of an event, written down before and after each attempt to send it. */
export type Progress =
  /** From here on it may have been taken. */
  | { readonly kind: "attempted"; readonly at: number }
  /** It was certainly not taken. */
  | { readonly kind: "untouched" }
  | { readonly kind: "settled" };

export interface Batch {
  readonly id: SegmentId;
  readonly events: readonly MeterEvent[];
  /** By the event's place in the batch. */
  progressOf(index: number): Progress;
  /** An attempt is on the disk when this resolves; the rest may be lost to a power cut, and is then found out again. */
  note(index: number, progress: Progress): Promise<void>;
  /** All events are settled: removes its files. */
  remove(): void;
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

export function readBatch(files: MeteringFiles, id: SegmentId, failpoint: ReachFailpoint): Batch {
  const { events } = JSON.parse(readFileSync(files.batch(id), "utf8")) as { events: readonly MeterEvent[] };
  const log = files.progress(id);
  const progress = readProgress(log);
  return {
    id,
    events,
    progressOf: (index) => progress.get(index) ?? { kind: "untouched" },
    async note(index, state) {
      const file = await open(log, "a", 0o600);
      try {
        await file.appendFile(`${JSON.stringify([index, state])}\n`);
        if (state.kind === "attempted") await file.datasync();
      } finally {
        await file.close();
      }
      progress.set(index, state);
    },
    remove() {
      // In this order: a batch without its progress would be sent all over again.
      files.remove(files.batch(id));
      failpoint("batch removed");
      files.remove(log);
      failpoint("progress removed");
    },
  };
}

function readProgress(log: string): Map<number, Progress> {
  const progress = new Map<number, Progress>();
  if (!existsSync(log)) return progress;
  const text = readFileSync(log, "utf8");
  const end = text.lastIndexOf("\n") + 1;
  // A line that a crash cut short would swallow the next one.
  if (end < text.length) appendFileSync(log, "\n");
  for (const line of text.slice(0, end).split("\n").slice(0, -1)) {
    const entry = parseEntry(line);
    if (entry !== undefined) progress.set(...entry);
  }
  return progress;
}

function parseEntry(line: string): [number, Progress] | undefined {
  try {
    return JSON.parse(line) as [number, Progress];
  } catch {
    return undefined;
  }
}
