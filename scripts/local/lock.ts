import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";

export interface Lock {
  release(): void;
}

/**
 * One process at a time may write the tenant's state: two would overwrite each other's. The file holds the process's id;
 * one whose process is gone (kill -9, power cut) counts for nothing.
 *
 * @throws {CommandError} LOCAL_TENANT_RUNNING
 */
export function takeLock(file: string): Lock {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (!isMapping(error) || error.code !== "EEXIST") throw error;
    const pid = Number(readFileSync(file, "utf8"));
    if (isRunning(pid)) {
      throw new CommandError(
        "LOCAL_TENANT_RUNNING",
        `The local tenant of this checkout already runs (process ${pid}). Use that one, or stop it first. ` +
          `If process ${pid} is something else, delete ${file}.`,
      );
    }
    writeFileSync(file, String(process.pid));
  }
  return { release: () => rmSync(file, { force: true }) };
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return isMapping(error) && error.code === "EPERM";
  }
}
