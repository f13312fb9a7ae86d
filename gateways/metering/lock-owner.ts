import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { findBoot } from "./machine-time.ts";

/** Who writes to a directory, as it stands in the lock. */
export interface LockOwner {
  /** Drawn when the lock is taken. */
  readonly id: string;
  readonly host: string;
  /** Without the rest it says little: others may have the same in another PID namespace, or after it. */
  readonly pid: number;
  /** When the process started, in the kernel's ticks since the machine did; only where there is a /proc. */
  readonly started?: string | undefined;
  /** Of the kernel that runs it: another one after each start of the machine. */
  readonly boot?: string | undefined;
  readonly namespace?: string | undefined;
}

export type OwnerState = "running" | "gone" | "unknown";

/** Of the process with this id: when it started; undefined: there is none; `hidden`: there is one, and no more is known. */
export type FindStart = (pid: number) => string | "hidden" | undefined;

/** What this process writes into a lock. */
export function readOwner(id: string): LockOwner {
  const self = readStat("self");
  // Where /proc is another namespace's, the ids in it are not those that this process's neighbours go by.
  const isOwnProc = self?.pid === process.pid;
  return {
    id,
    host: hostname(),
    pid: process.pid,
    ...(isOwnProc && {
      started: self?.started,
      boot: findBoot(),
      namespace: attempt(() => readlinkSync("/proc/self/ns/pid")),
    }),
  };
}

/** Whether the owner of a lock is still there, as far as this process can tell without waiting. */
export function judgeOwner(owner: LockOwner, own: LockOwner, findStart: FindStart = findStartOf): OwnerState {
  const { boot, namespace, host, pid, started } = owner;
  const isKnownHere = boot !== undefined && boot === own.boot && namespace !== undefined && namespace === own.namespace;
  // Where there is no /proc there are no PID namespaces either.
  const isPlain = boot === undefined && own.boot === undefined && host === own.host;
  if (!isKnownHere && !isPlain) return "unknown";
  const found = findStart(pid);
  if (found === undefined) return "gone";
  if (found === "hidden" || started === undefined) return "unknown";
  return found === started ? "running" : "gone";
}

export function parseOwner(text: string): LockOwner | undefined {
  const value = attempt(() => JSON.parse(text) as unknown);
  if (typeof value !== "object" || value === null) return undefined;
  const { id, host, pid, started, boot, namespace } = value as Partial<Record<keyof LockOwner, unknown>>;
  if (typeof id !== "string" || typeof host !== "string" || typeof pid !== "number") return undefined;
  return { id, host, pid, started: textOf(started), boot: textOf(boot), namespace: textOf(namespace) };
}

function findStartOf(pid: number): string | "hidden" | undefined {
  if (!isRunning(pid)) return undefined;
  return readStat(String(pid))?.started ?? "hidden";
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** proc_pid_stat(5). The second field is the program's name in parentheses, which may hold anything; the 22nd is the start. */
function readStat(process: string): { readonly pid: number; readonly started: string | undefined } | undefined {
  return attempt(() => {
    const text = readFileSync(`/proc/${process}/stat`, "utf8");
    const afterName = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { pid: Number.parseInt(text, 10), started: afterName[22 - 3] };
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
