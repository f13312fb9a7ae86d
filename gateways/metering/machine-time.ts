import { readFileSync } from "node:fs";

/** Time that nobody sets: of the machine, not of the wall. */
export interface MachineTime {
  /** Which start of the machine `uptime` counts from; undefined: it cannot be told. */
  readonly boot: string | undefined;
  /** Milliseconds. */
  uptime(): number;
}

export function readMachineTime(): MachineTime {
  return { boot: findBoot(), uptime: () => Number(process.hrtime.bigint() / 1_000_000n) };
}

/** The kernel draws one at each start. */
export function findBoot(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}

/** A moment by both clocks. */
export interface Moment {
  /** Milliseconds since the epoch, as the clock said. */
  readonly at: number;
  readonly boot?: string | undefined;
  readonly uptime?: number | undefined;
}

/**
 * Milliseconds that may have passed since a moment: the longest that either clock makes it. A wall clock that was set is
 * found out by the machine's; across a start of the machine, one that says the moment is still to come is believed in nothing.
 */
export function measureAge({ at, boot, uptime }: Moment, now: number, machine: MachineTime): number {
  const byWall = now - at;
  if (boot !== undefined && boot === machine.boot && uptime !== undefined)
    return Math.max(byWall, machine.uptime() - uptime);
  if (byWall < 0) return Number.POSITIVE_INFINITY;
  // Both name their start: it was before this one.
  return boot !== undefined && machine.boot !== undefined ? Math.max(byWall, machine.uptime()) : byWall;
}
