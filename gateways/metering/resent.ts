import { existsSync, readFileSync } from "node:fs";
import { type AppendLog, openAppendLog } from "./append-log.ts";
import type { MeteringFiles } from "./files.ts";
import { isProgress, type Progress } from "./progress.ts";

/** What has become of a dead letter that was sent again. */
export interface Resent {
  readonly last: Progress;
  /** How often it was begun to be sent. */
  readonly attempts: number;
}

/** By the event's identifier. Lines that a crash left unfinished are nothing. */
export function readResent(files: MeteringFiles): ReadonlyMap<string, Resent> {
  const resent = new Map<string, Resent>();
  if (!existsSync(files.resent)) return resent;
  for (const line of readFileSync(files.resent, "utf8").split("\n")) {
    const entry = parseLine(line);
    if (entry === undefined) continue;
    const [identifier, last] = entry;
    const attempts = (resent.get(identifier)?.attempts ?? 0) + Number(last.kind === "attempted");
    resent.set(identifier, { last, attempts });
  }
  return resent;
}

export interface ResentLog {
  /** On the disk when it resolves. */
  note(identifier: string, progress: Progress): Promise<void>;
  close(): Promise<void>;
}

export function openResentLog(files: MeteringFiles): ResentLog {
  const log: AppendLog = openAppendLog(files.resent, { flags: "a" });
  return {
    async note(identifier, progress) {
      log.append(`${JSON.stringify([identifier, progress])}\n`);
      await log.sync();
    },
    close: () => log.close(),
  };
}

function parseLine(line: string): [string, Progress] | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    if (!Array.isArray(entry)) return undefined;
    const [identifier, progress] = entry as unknown[];
    return typeof identifier === "string" && isProgress(progress) ? [identifier, progress] : undefined;
  } catch {
    return undefined;
  }
}
