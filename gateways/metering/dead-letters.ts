import { existsSync, readFileSync } from "node:fs";
import { openAppendLog } from "./append-log.ts";
import type { MeteringFiles } from "./files.ts";
import type { MeterEvent } from "./meter-event.ts";
import { readResent } from "./resent.ts";

export type DeadLetterReason =
  /** Stripe will never take it: an unknown customer or meter, for instance. */
  | "rejected"
  /** It was sent a day ago or longer and no answer came: sent again it could count twice. Look at the meter first. */
  | "unsettled"
  /** Stripe took it and found afterwards that it cannot count. It was never sent under its present identifier. */
  | "refused_later"
  /** Stripe takes no events older than 35 days. */
  | "too_old";

export interface DeadLetter {
  readonly event: MeterEvent;
  readonly reason: DeadLetterReason;
  /** Type, status and code of Stripe's answer, if it came to one. */
  readonly detail: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Usage that was not billed, kept for a person to look at; one line of JSON each. On the disk when this resolves. */
export async function writeDeadLetter(files: MeteringFiles, letter: DeadLetter): Promise<void> {
  const log = openAppendLog(files.deadLetters, { flags: "a" });
  try {
    log.append(`${JSON.stringify(letter)}\n`);
    await log.sync();
  } finally {
    await log.close();
  }
}

/** Each event once: a crash right after writing one has it written again. */
export function readDeadLetters(files: MeteringFiles): readonly DeadLetter[] {
  if (!existsSync(files.deadLetters)) return [];
  const letters = new Map<string, DeadLetter>();
  for (const line of readFileSync(files.deadLetters, "utf8").split("\n")) {
    if (line === "") continue;
    try {
      const letter = JSON.parse(line) as DeadLetter;
      letters.set(letter.event.identifier, letter);
    } catch {
      // Left unfinished by a crash: it stands again on the next line.
    }
  }
  return [...letters.values()];
}

/** Those that were not billed since. */
export function readOpenDeadLetters(files: MeteringFiles): readonly DeadLetter[] {
  const resent = readResent(files);
  return readDeadLetters(files).filter(({ event }) => resent.get(event.identifier)?.last.kind !== "settled");
}
