import { readFileSync, statSync } from "node:fs";
import { judgeOwner, parseOwner, readOwner } from "../../gateways/metering/lock-owner.ts";

/** Who counts in the directory. */
export type Writer =
  | { readonly state: "none" }
  | {
      /** `gone`: it left its lock behind. `unknown`: in another container or on another machine, and silent for long. */
      readonly state: "running" | "gone" | "unknown";
      readonly host: string;
      readonly pid: number;
    };

/** Milliseconds: its heartbeat is a second. */
const SILENT_AFTER = 10_000;

/** Looks, and takes nothing. */
export function readWriter(lock: string): Writer {
  const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  const owner = touched === undefined ? undefined : parseOwner(read(lock));
  if (touched === undefined || owner === undefined) return { state: "none" };
  const judged = judgeOwner(owner, readOwner(""));
  const isHeard = Date.now() - touched < SILENT_AFTER;
  return { state: judged === "unknown" && isHeard ? "running" : judged, host: owner.host, pid: owner.pid };
}

/** Empty where it has gone since. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
