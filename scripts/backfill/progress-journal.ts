import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type AppendLog, openAppendLog } from "../../gateways/metering/append-log.ts";
import { isMapping } from "../tenant/shape.ts";
import { createTally, isOutcomeKind, NEEDS_PERSON, type Outcome, type Tally } from "./outcome.ts";
import { readLines, readPieces } from "./read-lines.ts";

/** Somebody who needs a person: ids alone, never an address. */
export interface Attention {
  readonly user: string;
  readonly kind: string;
  readonly why: string | undefined;
}

export interface ProgressJournal {
  /** Whether an earlier run has left something to go on from. */
  readonly isResumed: boolean;
  readonly tally: Tally;
  isDone(position: number): boolean;
  /** Handed to the operating system before it returns: what was written survives `kill -9`. */
  add(position: number, user: string, outcome: Outcome): void;
  close(): Promise<void>;
}

/**
 * A line for each user that is done, after one that says what of. Positions are kept as bits: a million users take 125 kB.
 * A line that was cut off is dropped: its user is looked at again, and found to be linked.
 *
 * @param source says what the positions are of; a journal of something else begins anew
 */
export async function openProgressJournal(file: string, source: string): Promise<ProgressJournal> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const tally = createTally();
  const done = createBits();
  let isResumed = false;
  for await (const entry of readEntries(file)) {
    if (!isResumed) {
      if (entry.source !== source) break;
      isResumed = true;
    } else if (typeof entry.at === "number" && isOutcomeKind(entry.kind) && done.add(entry.at)) tally[entry.kind] += 1;
  }
  if (!isResumed) rmSync(file, { force: true });
  const log: AppendLog = openAppendLog(file, { flags: "a" });
  if (!isResumed) log.append(`${JSON.stringify({ source })}\n`);
  return {
    isResumed,
    tally,
    isDone: done.has,
    add(at, user, { kind, why }) {
      if (!done.add(at)) return;
      tally[kind] += 1;
      const attention = NEEDS_PERSON.includes(kind) ? { user, why } : {};
      log.append(`${JSON.stringify({ at, kind, ...attention })}\n`);
    },
    async close() {
      await log.sync();
      await log.close();
    },
  };
}

/** Those of a journal who need a person, one at a time. */
export async function* readAttention(file: string): AsyncGenerator<Attention> {
  for await (const { user, kind, why } of readEntries(file)) {
    if (typeof user !== "string" || typeof kind !== "string") continue;
    yield { user, kind, why: typeof why === "string" ? why : undefined };
  }
}

async function* readEntries(file: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  if (!existsSync(file)) return;
  for await (const lines of readLines(readPieces(file))) {
    for (const line of lines) {
      const entry = parseEntry(line);
      if (isMapping(entry)) yield entry;
    }
  }
}

function parseEntry(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The line that a crash cut off.
    return undefined;
  }
}

function createBits() {
  let bytes = new Uint8Array(1024);
  const has = (at: number): boolean => ((bytes[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  return {
    has,
    /** Answers whether it is new. */
    add(at: number): boolean {
      if (has(at)) return false;
      if (at >> 3 >= bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, (at >> 3) + 1));
        larger.set(bytes);
        bytes = larger;
      }
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
      return true;
    },
  };
}
