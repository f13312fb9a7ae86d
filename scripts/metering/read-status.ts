import { readdirSync } from "node:fs";
import { readOpenDeadLetters } from "../../gateways/metering/dead-letters.ts";
import type { MeteringFiles } from "../../gateways/metering/files.ts";
import { readUnsent, type Unsent } from "./read-unsent.ts";
import { readWriter, type Writer } from "./read-writer.ts";

export interface MeteringStatus {
  readonly directory: string;
  readonly writer: Writer;
  /** By meter. */
  readonly unsent: Readonly<Record<string, Unsent>>;
  /** Not billed: how many events, by reason. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** Files that could not be read, for a person to look at. */
  readonly setAside: readonly string[];
}

/** Reads alone: the service that counts may be at work meanwhile. */
export async function readStatus(directory: string, files: MeteringFiles): Promise<MeteringStatus> {
  const deadLetters: Record<string, number> = {};
  for (const { reason } of readOpenDeadLetters(files)) deadLetters[reason] = (deadLetters[reason] ?? 0) + 1;
  return {
    directory,
    writer: readWriter(files.lock),
    unsent: await readUnsent(files),
    deadLetters,
    setAside: readdirSync(directory)
      .filter((name) => /^(?:unreadable|damaged)-/.test(name))
      .sort(),
  };
}
