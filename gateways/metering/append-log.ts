import { closeSync, fdatasync, fstatSync, fsync, ftruncateSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { writeAll } from "./write-all.ts";

/** A file that grows by whole lines. */
export interface AppendLog {
  /**
   * Writes all of a line, or takes back what was written of it.
   *
   * @param check called when the line is written, and throws when it may not stay
   * @throws {Error} what the disk or the check throws
   */
  append(line: string, check?: () => void): void;
  /** Resolves when all that was appended before is on the disk. Those who come while one sync runs share the one after it. */
  sync(): Promise<void>;
  /** What was appended could not be taken back: nothing may be appended after it. */
  readonly isBroken: boolean;
  /** Whether something was appended that no sync has been begun for. */
  readonly isDirty: boolean;
  /** After the syncs that are under way. */
  close(): Promise<void>;
}

export interface AppendLogOptions {
  /** `ax`: it must be a new one. */
  readonly flags: "a" | "ax";
  /** What a sync that fails leaves in doubt is taken back, and the log is broken then: who waits for it is refused. */
  readonly takesBack?: boolean;
}

export function openAppendLog(path: string, { flags, takesBack = false }: AppendLogOptions): AppendLog {
  const descriptor = openSync(path, flags, 0o600);
  let length = fstatSync(descriptor).size;
  let isInDirectory = length > 0;
  // The line that a crash left unfinished would swallow the next one.
  let isTorn = length > 0 && !endsLine(path, length);
  let synced = length;
  let isBroken = false;
  let isDirty = false;
  let next: Promise<void> | undefined;
  let running: Promise<void> | undefined;

  const takeBackTo = (end: number): void => {
    try {
      ftruncateSync(descriptor, end);
      length = end;
    } catch {
      isBroken = true;
    }
  };
  const run = async (): Promise<void> => {
    next = undefined;
    if (isBroken) throw new Error("A line before it could not be synced.");
    isDirty = false;
    const end = length;
    try {
      await syncWith(fdatasync, descriptor);
      if (!isInDirectory) await syncDirectory(dirname(path));
      isInDirectory = true;
      synced = end;
    } catch (error) {
      if (takesBack) {
        takeBackTo(synced);
        isBroken = true;
      }
      throw error;
    }
  };

  return {
    append(line, check) {
      if (isBroken) throw new Error("A line before it could not be taken back.");
      const text = isTorn ? `\n${line}` : line;
      try {
        const written = writeAll(descriptor, text);
        check?.();
        length += written;
      } catch (error) {
        takeBackTo(length);
        throw error;
      }
      isTorn = false;
      isDirty = true;
    },
    sync() {
      next ??= Promise.resolve(running?.catch(() => undefined)).then(() => {
        running = run();
        return running;
      });
      return next;
    },
    get isBroken() {
      return isBroken;
    },
    get isDirty() {
      return isDirty;
    },
    async close() {
      await Promise.allSettled([running, next]);
      closeSync(descriptor);
    },
  };
}

function endsLine(path: string, length: number): boolean {
  const descriptor = openSync(path, "r");
  try {
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, length - 1);
    return last.toString() === "\n";
  } finally {
    closeSync(descriptor);
  }
}

/** A file is in its directory for certain only once the directory is on the disk too. */
async function syncDirectory(directory: string): Promise<void> {
  const descriptor = openSync(directory, "r");
  try {
    await syncWith(fsync, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncWith(sync: typeof fsync, descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    sync(descriptor, (error) => (error === null ? resolve() : reject(error)));
  });
}
