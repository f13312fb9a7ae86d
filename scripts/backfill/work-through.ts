import { Unsettled } from "../../actions/shared/stripe/failure.ts";
import type { PortalUser } from "../../gateways/billing-portal/users.ts";
import { CommandError } from "../command.ts";
import type { Outcome } from "./outcome.ts";
import { createPlaces } from "./places.ts";
import type { ProgressJournal } from "./progress-journal.ts";
import type { Line } from "./read-export.ts";

/** So many in a row that could not be settled: it is not about them. */
const GIVE_UP_AFTER = 20;

export interface Work {
  readonly lines: AsyncIterable<Line>;
  readonly journal: ProgressJournal;
  /** Asks about one, or gives it a customer. */
  readonly handle: (user: PortalUser) => Promise<Outcome>;
  readonly atOnce: number;
  /** Is called after each. */
  readonly onDone: () => void;
}

/**
 * Handles every user that the journal does not have. One that cannot be settled now is left for the next run.
 *
 * @returns how many were left
 * @throws {CommandError} BACKFILL_STOPPED, and what reading and Auth0's SDK throw, after those under way are done
 */
export async function workThrough({ lines, journal, handle, atOnce, onDone }: Work): Promise<{ left: number }> {
  let left = 0;
  let inARow = 0;
  const failures: unknown[] = [];
  const settle = async ({ position, user }: Line): Promise<void> => {
    try {
      journal.add(position, user.profile.user_id, await handle(user));
      inARow = 0;
    } catch (error) {
      if (!(error instanceof Unsettled)) throw error;
      left += 1;
      inARow += 1;
      if (inARow >= GIVE_UP_AFTER) throw stopped(error);
    }
    onDone();
  };
  const places = createPlaces(atOnce);
  try {
    // Read by one alone: requests that queue at a generator are a list, of which V8 keeps the dead for as long as the living.
    for await (const line of lines) {
      if (journal.isDone(line.position)) continue;
      await places.free();
      if (failures.length > 0) break;
      void places.occupy(settle(line).catch((error: unknown) => failures.push(error)));
    }
  } finally {
    await places.empty();
  }
  if (failures.length > 0) throw failures[0];
  return { left };
}

const stopped = (cause: Unsettled): CommandError =>
  new CommandError(
    "BACKFILL_STOPPED",
    `Stopped: ${GIVE_UP_AFTER} users in a row could not be settled (${cause.message}). What is done stays; the same command goes on from there.`,
    { cause },
  );
