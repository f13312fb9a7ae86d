import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isFault, MeteringLocked } from "./errors.ts";
import { judgeOwner, type LockOwner, parseOwner, readOwner } from "./lock-owner.ts";

export interface Lock {
  /**
   * Whether this process may still write. One that was stopped for long, or whose machine slept, finds out here that another
   * has taken over, before it does anything more.
   */
  isHeld(): boolean;
  /** Never throws: a lock that is left behind is its next finder's to judge. */
  release(): void;
}

export interface LockOptions {
  /** Called once, when another process has taken over. */
  readonly whenLost?: () => void;
  /** Waits so many milliseconds, as the whole process does. For tests. */
  readonly pause?: (milliseconds: number) => void;
}

/** Locks of this process. */
const heldIds = new Set<string>();

/** Milliseconds. */
const HEARTBEAT = 1_000;
/** Without a heartbeat for so long, an owner that nothing else is known of is gone. */
const STALE_AFTER = 10_000;
/** An owner is watched for so long before it counts as gone, however old its last heartbeat looks: the clock may have been set. */
const WATCH_AT_LEAST = 3 * HEARTBEAT;
const LOOK_EVERY = 200;

/**
 * One writer for a directory. An owner of the same kernel and PID namespace is told by its process id and when that process
 * started. Of any other (a container that shares the volume, an earlier start of the machine) the heartbeat is watched, for
 * ten seconds at most: that is how long this may take.
 *
 * @throws {MeteringLocked | NodeJS.ErrnoException} the latter from the disk
 */
export function takeLock(path: string, { whenLost = () => {}, pause = sleep }: LockOptions = {}): Lock {
  const own = readOwner(randomUUID());
  const draft = `${path}.${own.id}`;
  try {
    writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
    if (!place(draft, path)) {
      removeStale(path, own, pause);
      if (!place(draft, path)) throw lockedBy(path, findOwner(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  heldIds.add(own.id);
  removeLeftovers(path);

  let isLost = false;
  let touchedAt = performance.now();
  const touch = (): void => {
    if (isLost) return;
    try {
      if (parseOwner(readFileSync(path, "utf8"))?.id === own.id) {
        utimesSync(path, new Date(), new Date());
        touchedAt = performance.now();
        return;
      }
    } catch (error) {
      // A fault of the disk says nothing about the owner. A lock that somebody deleted may be another's by the next look.
      if (!isErrorWith(error, "ENOENT")) return;
    }
    isLost = true;
    whenLost();
  };
  const heartbeat = setInterval(touch, HEARTBEAT);
  heartbeat.unref();
  return {
    isHeld() {
      if (performance.now() - touchedAt > STALE_AFTER / 2) touch();
      return !isLost && performance.now() - touchedAt < STALE_AFTER;
    },
    release() {
      clearInterval(heartbeat);
      heldIds.delete(own.id);
      try {
        if (findOwner(path)?.id === own.id) rmSync(path, { force: true });
      } catch {}
    },
  };
}

/** Processes that died while they took the lock leave their drafts behind; those of a minute ago are nobody's. */
function removeLeftovers(path: string): void {
  const directory = dirname(path);
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const file = join(directory, name);
    if (Date.now() - (findTouch(file) ?? 0) > 60_000) rmSync(file, { force: true });
  }
}

/** A link is made or refused in one step, with its content in place. */
function place(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isErrorWith(error, "EEXIST")) return false;
    throw error;
  }
}

/**
 * Whoever moves the old file away takes over. A file that is another one by then belongs to somebody who was faster, and is
 * put back.
 */
function removeStale(path: string, own: LockOwner, pause: (milliseconds: number) => void): void {
  const owner = findOwner(path);
  // No owner: the file is gone meanwhile, or was never whole.
  if (owner !== undefined && !isGone(path, owner, own, pause)) throw lockedBy(path, findOwner(path));
  const old = `${path}.old.${own.id}`;
  try {
    renameSync(path, old);
  } catch (error) {
    if (isErrorWith(error, "ENOENT")) return;
    throw error;
  }
  const moved = findOwner(old);
  if (moved?.id !== owner?.id) place(old, path);
  rmSync(old, { force: true });
  if (moved?.id !== owner?.id) throw lockedBy(path, moved);
}

function isGone(path: string, owner: LockOwner, own: LockOwner, pause: (milliseconds: number) => void): boolean {
  if (heldIds.has(owner.id)) return false;
  const state = judgeOwner(owner, own);
  return state === "unknown" ? isStale(path, pause) : state === "gone";
}

/** Looks whether the file is touched, by no clock but its own: one that was set, back or ahead, changes nothing. */
function isStale(path: string, pause: (milliseconds: number) => void): boolean {
  const touch = findTouch(path);
  if (touch === undefined) return true;
  const age = Math.max(0, Date.now() - touch);
  const watch = Math.max(WATCH_AT_LEAST, STALE_AFTER - age);
  for (let watched = 0; watched < watch; watched += LOOK_EVERY) {
    pause(LOOK_EVERY);
    const now = findTouch(path);
    if (now !== touch) return now === undefined;
  }
  return true;
}

function lockedBy(path: string, owner: LockOwner | undefined): MeteringLocked {
  return new MeteringLocked(
    `Another process counts usage in this directory (${owner?.host ?? "unknown"}, process ${owner?.pid ?? "unknown"}). ` +
      `Give each its own, or stop that one: ${path}`,
  );
}

function findOwner(path: string): LockOwner | undefined {
  try {
    return parseOwner(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

const findTouch = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const isErrorWith = (error: unknown, code: string): boolean => isFault(error) && error.code === code;
