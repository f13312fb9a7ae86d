import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

export interface Lock {
  release(): void;
}

/** Another process writes to this directory. */
export class MeteringLocked extends Error {
  override readonly name = "MeteringLocked";
  readonly code = "METERING_LOCKED";
}

interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly id: string;
}

/** What this process holds: its own id in a file says nothing about that. */
const held = new Set<string>();

const HEARTBEAT = 5_000;
const STALE_AFTER = 30_000;

/**
 * One writer for a directory: two would send each other's batches. A owner on this host is asked for by its process id; one
 * on another (a container that shares the volume) is gone when it has not touched the file for 30 s.
 *
 * @throws MeteringLocked
 */
export function takeLock(path: string): Lock {
  if (held.has(path)) throw lockedBy(path, readOwner(path));
  const own: Owner = { host: hostname(), pid: process.pid, id: randomUUID() };
  const draft = `${path}.${own.id}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    if (!place(draft, path)) {
      removeStale(path, own.id);
      if (!place(draft, path)) throw lockedBy(path, readOwner(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  held.add(path);
  removeLeftovers(path);
  const heartbeat = setInterval(() => touch(path), HEARTBEAT);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      held.delete(path);
      if (readOwner(path)?.id === own.id) rmSync(path, { force: true });
    },
  };
}

/** Processes that died while they took the lock leave their drafts behind; those of a minute ago are nobody's. */
function removeLeftovers(path: string): void {
  const directory = dirname(path);
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const file = join(directory, name);
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 60_000) rmSync(file, { force: true });
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
function removeStale(path: string, id: string): void {
  const owner = readOwner(path);
  checkIsGone(path, owner);
  const old = `${path}.old.${id}`;
  try {
    renameSync(path, old);
  } catch (error) {
    if (isErrorWith(error, "ENOENT")) return;
    throw error;
  }
  const moved = readOwner(old);
  if (moved?.id !== owner?.id) place(old, path);
  rmSync(old, { force: true });
  if (moved?.id !== owner?.id) throw lockedBy(path, moved);
}

function checkIsGone(path: string, owner: Owner | undefined): void {
  // No owner: the file is gone meanwhile, or was never whole.
  if (owner === undefined) return;
  if (owner.host === hostname()) {
    // Its own id in the file is that of an earlier process: in a container every one has the same.
    if (owner.pid !== process.pid && isRunning(owner.pid)) throw lockedBy(path, owner);
    return;
  }
  if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < STALE_AFTER) throw lockedBy(path, owner);
}

function lockedBy(path: string, owner: Owner | undefined): MeteringLocked {
  return new MeteringLocked(
    `Another process counts usage in this directory (${owner?.host ?? "unknown"}, process ${owner?.pid ?? "unknown"}). ` +
      `Give each its own, or stop that one; if it crashed elsewhere, its lock ends after 30 s: ${path}`,
  );
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Gone: somebody deleted it. Identifiers keep two writers from counting anything twice.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrorWith(error, "EPERM");
  }
}

function isErrorWith(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
