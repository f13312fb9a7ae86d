import fs from "node:fs";

/** What goes wrong at the nth call of the file system, or from it on. */
export type DiskFault =
  /** This call fails, those after it do not. */
  | "fails"
  /** A write writes half of what it was given, and says so; the disk is well again after it. */
  | "writes half"
  /** From here on whatever needs room is refused, but for half of the first write. */
  | "is full"
  /** From here on nothing happens any more. */
  | "dies"
  /** As that, after half of a write. */
  | "dies in a write";

export interface FaultyFileSystem {
  /** Calls that were made, by name. */
  readonly calls: readonly string[];
  /** Whether the fault came about. */
  readonly hasFailed: boolean;
  restore(): void;
}

const NEED_ROOM = new Set(["mkdirSync", "openSync", "writeFileSync", "linkSync", "renameSync", "writeSync"]);
const OTHERS =
  "appendFileSync closeSync existsSync fdatasync fdatasyncSync fstatSync fsync fsyncSync ftruncateSync read readSync " +
  "readFileSync readdirSync rmSync statSync unlinkSync utimesSync";
const watched = [...NEED_ROOM, ...OTHERS.split(" ")];

const SYNCS = new Set(["fdatasync", "fdatasyncSync", "fsync", "fsyncSync"]);

type Call = (...parameters: unknown[]) => unknown;
const functions = fs as unknown as Record<string, Call>;

/**
 * Puts a fault into the file system of this process, counted from 1. Nothing is synced meanwhile: a process that dies leaves
 * behind what it has written, synced or not. Descriptors are closed even so.
 */
export function breakFileSystem(fault: DiskFault | "none", nth: number): FaultyFileSystem {
  const originals = new Map(watched.map((name) => [name, functions[name] as Call]));
  const calls: string[] = [];
  let hasFailed = false;
  let isDead = false;
  let isFull = false;

  const writeHalf = (original: Call, [descriptor, data]: unknown[]): unknown => {
    const bytes = Buffer.from(data as string);
    return original(descriptor, bytes.subarray(0, Math.floor(bytes.length / 2)));
  };
  const run = (name: string, original: Call, parameters: unknown[]): unknown => {
    calls.push(name);
    const isHit = calls.length === nth;
    const isWrite = name === "writeSync";
    if (isDead) throw failure("EIO", name);
    if (isFull && NEED_ROOM.has(name)) throw failure("ENOSPC", name);
    if (!isHit) return original(...parameters);
    switch (fault) {
      case "none":
        break;
      case "fails":
        hasFailed = true;
        throw failure("EIO", name);
      case "writes half":
        if (!isWrite) break;
        hasFailed = true;
        return writeHalf(original, parameters);
      case "is full":
        if (!NEED_ROOM.has(name)) break;
        hasFailed = true;
        isFull = true;
        if (isWrite) return writeHalf(original, parameters);
        throw failure("ENOSPC", name);
      case "dies":
        hasFailed = true;
        isDead = true;
        throw failure("EIO", name);
      case "dies in a write":
        if (!isWrite) break;
        hasFailed = true;
        isDead = true;
        writeHalf(original, parameters);
        throw failure("EIO", name);
    }
    return original(...parameters);
  };

  for (const [name, original] of originals) {
    functions[name] = (...parameters) => {
      if (name === "closeSync") return original(...parameters);
      const last = parameters.at(-1);
      const callback = typeof last === "function" ? (last as (error: unknown) => void) : undefined;
      const call = SYNCS.has(name) ? () => callback && setImmediate(callback, null) : original;
      try {
        return run(name, call, parameters);
      } catch (error) {
        // It never throws.
        if (name === "existsSync") return false;
        if (callback === undefined) throw error;
        return setImmediate(callback, error);
      }
    };
  }
  return {
    calls,
    get hasFailed() {
      return hasFailed;
    },
    restore() {
      for (const [name, original] of originals) functions[name] = original;
    },
  };
}

function failure(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: injected, ${name}`), { code });
}
