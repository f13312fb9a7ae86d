import { Unsettled } from "../../actions/shared/stripe/failure.ts";
import type { PortalUser } from "../../gateways/billing-portal/users.ts";
import { CommandError } from "../command.ts";
import type { Outcome } from "./outcome.ts";
import type { ProgressJournal } from "./progress-journal.ts";
import type { Line } from "./read-export.ts";

/** So many in a row that could not be settled: it is not about them. */
const GIVE_UP_AFTER = 20;

export interface Work {
  readonly lines: AsyncIterator<Line>;
  readonly journal: ProgressJournal;
  /** Asks about one, or gives it a customer. */
  readonly handle: (user: PortalUser) => Promise<Outcome>;
  /** How many at once. */
  readonly workers: number;
  /** Is called after each. */
  readonly onDone: () => void;
}

/**
 * Handles every user that the journal does not have. One that cannot be settled now is left for the next run.
 *
 * @returns how many were left, and why the last of them
 * @throws {CommandError} BACKFILL_STOPPED, and what reading and Auth0's SDK throw, after those under way are done
 */
export async function workThrough({
  lines,
  journal,
  handle,
  workers,
  onDone,
}: Work): Promise<{ left: number; why: string }> {
  let left = 0;
  let inARow = 0;
  let why = "";
  let isStopped = false;
  // An asynchronous generator hands out one after the other, however many ask.
  const work = async (): Promise<void> => {
    while (!isStopped) {
      const next = await lines.next();
      if (next.done) return;
      const { position, user } = next.value;
      if (journal.isDone(position)) continue;
      try {
        journal.add(position, user.profile.user_id, await handle(user));
        inARow = 0;
      } catch (error) {
        if (!(error instanceof Unsettled)) throw error;
        left += 1;
        inARow += 1;
        why = error.message;
        if (inARow >= GIVE_UP_AFTER) throw stopped(why, error);
      }
      onDone();
    }
  };
  const guarded = (): Promise<void> =>
    work().catch((error: unknown) => {
      isStopped = true;
      throw error;
    });
  const ends = await Promise.allSettled(Array.from({ length: workers }, guarded));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return { left, why };
}

const stopped = (why: string, cause: unknown): CommandError =>
  new CommandError(
    "BACKFILL_STOPPED",
    `Stopped: ${GIVE_UP_AFTER} users in a row could not be settled (${why}). What is done stays; the same command goes on from there.`,
    { cause },
  );
