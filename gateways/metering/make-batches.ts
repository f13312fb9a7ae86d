import { existsSync, readFileSync } from "node:fs";
import { writeBatch } from "./batch.ts";
import { parseCounts } from "./count.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";
import { planBatch } from "./plan-batch.ts";

export interface MakeBatchesOptions {
  readonly files: MeteringFiles;
  readonly failpoint: ReachFailpoint;
  readonly log: (line: string) => void;
  /** Whether a segment is still being written. */
  readonly isOpen: (id: SegmentId) => boolean;
}

/** Makes a batch of every segment that has ended, and removes it then. A batch that is there already has its counts. */
export function makeBatches({ files, failpoint, log, isOpen }: MakeBatchesOptions): void {
  for (const id of files.listSegments()) {
    if (isOpen(id)) continue;
    if (!existsSync(files.batch(id))) {
      const { counts, damaged } = parseCounts(readFileSync(files.segment(id), "utf8"));
      if (damaged > 0) log(`metering: ${damaged} lines of segment ${id} cannot be read and are lost`);
      if (counts.length > 0) writeBatch(files, id, planBatch(id, counts), failpoint);
    }
    files.remove(files.segment(id));
    failpoint("segment removed");
  }
}
