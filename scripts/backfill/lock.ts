import { MeteringLocked } from "../../gateways/metering/errors.ts";
import { type Lock, takeLock } from "../../gateways/metering/lock.ts";
import { CommandError } from "../command.ts";

/** One backfill of a tenant at a time on this machine. @throws {CommandError} BACKFILL_RUNNING */
export function takeBackfillLock(file: string): Lock {
  try {
    return takeLock(file);
  } catch (cause) {
    if (!(cause instanceof MeteringLocked)) throw cause;
    throw new CommandError(
      "BACKFILL_RUNNING",
      `Another backfill of this tenant is under way here. Wait for it: ${file}`,
      { cause },
    );
  }
}
