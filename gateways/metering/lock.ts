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

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly id: string;
}

/** What this process holds: its own id in a file says nothing about that. */
const held = new Set<string>();

const BEAT = 5_000;
const SILENCE = 30_000;

/**
 * One writer for a directory: two would send each other's batches. A holder on this host is asked for by its process id; one
 * on another (a container that shares the volume) is gone when it has not touched the file for 30 s.
 *
 * @throws MeteringLocked
 */
export function takeLock(path: string): Lock {
  if (held.has(path)) throw lockedBy(path, readHolder(path));
  const own: Holder = { host: hostname(), pid: process.pid, id: randomUUID() };
  const draft = `${path}.${own.id}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    if (!place(draft, path)) {
      removeStale(path, own.id);
      if (!place(draft, path)) throw lockedBy(path, readHolder(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  held.add(path);
  removeLitter(path);
  const beat = setInterval(() => touch(path), BEAT);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      held.delete(path);
      if (readHolder(path)?.id === own.id) rmSync(path, { force: true });
    },
  };
}

/** Processes that died while they took the lock leave their drafts behind; those of a minute ago are nobody's. */
function removeLitter(path: string): void {
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
  const holder = readHolder(path);
  checkIsGone(path, holder);
  const old = `${path}.old.${id}`;
  try {
    renameSync(path, old);
  } catch (error) {
    if (isErrorWith(error, "ENOENT")) return;
    throw error;
  }
  const moved = readHolder(old);
  if (moved?.id !== holder?.id) place(old, path);
  rmSync(old, { force: true });
  if (moved?.id !== holder?.id) throw lockedBy(path, moved);
}

function checkIsGone(path: string, holder: Holder | undefined): void {
  // No holder: the file is gone meanwhile, or was never whole.
  if (holder === undefined) return;
  if (holder.host === hostname()) {
    // Its own id in the file is that of an earlier process: in a container every one has the same.
    if (holder.pid !== process.pid && isRunning(holder.pid)) throw lockedBy(path, holder);
    return;
  }
  if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < SILENCE) throw lockedBy(path, holder);
}

function lockedBy(path: string, holder: Holder | undefined): MeteringLocked {
  return new MeteringLocked(
    `Another process counts usage in this directory (${holder?.host ?? "unknown"}, process ${holder?.pid ?? "unknown"}). ` +
      `Give each its own, or stop that one; if it crashed elsewhere, its lock ends after 30 s: ${path}`,
  );
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
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
