import { existsSync } from "node:fs";
import { isWhole, writeBatch } from "./batch.ts";
import { describeFault } from "./errors.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";
import { addCounts, planBatch, type Sums } from "./plan-batch.ts";
import { readCounts } from "./read-counts.ts";

export interface MakeBatchesOptions {
  readonly files: MeteringFiles;
  readonly clock: () => number;
  readonly failpoint: ReachFailpoint;
  readonly log: (line: string) => void;
  /** Whether a segment is still being written. */
  readonly isOpen: (id: SegmentId) => boolean;
}

/**
 * Makes a batch of every segment that has ended, and removes the segment only then. One that cannot be read is said and left
 * where it is; the others go on.
 *
 * @returns why some are left
 */
export async function makeBatches(options: MakeBatchesOptions): Promise<string | undefined> {
  const { files, failpoint, log, isOpen } = options;
  for (const id of files.list("segment")) if (!isOpen(id)) files.rename(files.segment(id), `ended-${id}.log`);
  failpoint("segments ended");
  let reason: string | undefined;
  for (const id of files.list("ended")) {
    try {
      await makeBatch(id, options);
    } catch (error) {
      reason = describeFault(error);
      log(`metering: no batch could be made of segment ${id} (${reason}); it is tried again`);
    }
  }
  return reason;
}

async function makeBatch(id: SegmentId, { files, failpoint, clock, log }: MakeBatchesOptions): Promise<void> {
  const path = files.ended(id);
  let damaged = 0;
  // A batch that is there and whole has its counts. One that is not whole was never sent: its segment would be gone.
  if (!existsSync(files.batch(id)) || !isWhole(files, id)) {
    const sums: Sums = new Map();
    damaged = await readCounts(path, (counts) => addCounts(sums, counts));
    if (sums.size > 0) writeBatch(files, id, planBatch(id, sums, Math.floor(clock() / 1000)), failpoint);
  }
  if (damaged > 0) {
    const name = `damaged-${id}.log`;
    files.rename(path, name);
    log(`metering: ${damaged} lines of segment ${id} cannot be read and are not billed; it is set aside as ${name}`);
  } else files.remove(path);
  failpoint("segment removed");
}
