import { readDeadLetters, writeDeadLetter } from "./dead-letters.ts";
import type { MeteringFiles } from "./files.ts";
import { findSettled } from "./settled.ts";

/** An event that Stripe took and has refused since, as its report names it. */
export interface LateRefusal {
  /** The idempotency key of the request that sent it. */
  readonly key: string;
  /** Stripe's code for why. */
  readonly code: string;
}

/**
 * Keeps it as a dead letter under another identifier, for Stripe may recognise the one that it refused. The same refusal always
 * gives the same identifier, so that one which is told twice is one dead letter.
 *
 * @param now milliseconds since the epoch
 * @returns false where this directory does not know the event: another node's, one that was not counted here, or long ago
 * @throws {BatchUnreadable | NodeJS.ErrnoException} the latter from the disk
 */
export async function refuseLater(files: MeteringFiles, { key, code }: LateRefusal, now: number): Promise<boolean> {
  const refused = key.replace(/:resend-\d+$/, "");
  const letters = readDeadLetters(files);
  const sent = findSettled(files, refused) ?? letters.find(({ event }) => event.identifier === refused)?.event;
  if (sent === undefined) return false;
  const event = { ...sent, identifier: `${refused}:again` };
  if (letters.some((letter) => letter.event.identifier === event.identifier)) return true;
  await writeDeadLetter(files, { event, reason: "refused_later", detail: code, at: now });
  return true;
}
