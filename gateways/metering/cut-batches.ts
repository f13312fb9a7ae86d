import { existsSync, readFileSync } from "node:fs";
import { writeBatch } from "./batch.ts";
import type { PassCheckpoint } from "./checkpoint.ts";
import { parseCounts } from "./count.ts";
import type { MeteringFiles, SegmentId } from "./files.ts";
import { planBatch } from "./plan-batch.ts";

export interface CutBatchesOptions {
  readonly files: MeteringFiles;
  readonly pass: PassCheckpoint;
  readonly log: (line: string) => void;
  /** Whether a segment is still being written. */
  readonly isOpen: (id: SegmentId) => boolean;
}

/** Makes a batch of every segment that has ended, and removes it then. A batch that is there already has its counts. */
export function cutBatches({ files, pass, log, isOpen }: CutBatchesOptions): void {
  for (const id of files.listSegments()) {
    if (isOpen(id)) continue;
    if (!existsSync(files.batch(id))) {
      const { counts, damaged } = parseCounts(readFileSync(files.segment(id), "utf8"));
      if (damaged > 0) log(`metering: ${damaged} lines of segment ${id} can not be read and are lost`);
      if (counts.length > 0) writeBatch(files, id, planBatch(id, counts), pass);
    }
    files.remove(files.segment(id));
    pass("segment removed");
  }
}
