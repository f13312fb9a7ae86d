import type { Random } from "../soak/random.ts";
import type { Schedule } from "./schedule.ts";

/** Whoever receives events: whether all that follows from one is done. */
type Receive = (payload: string) => Promise<boolean>;

export interface PostOptions {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly receive: Receive;
  /** Milliseconds until the sender can send anything again; 0: it can. */
  readonly blockedFor: () => number;
  /** Of the events that are sent now: those that never arrive. */
  readonly lost: () => number;
  /** Milliseconds before the second, third, … try. */
  readonly retryAfter: readonly number[];
  readonly onDone: (payload: string) => void;
}

const MINUTE = 60_000;

/** What stands between a sender and a receiver: events are lost, come twice, late, and in another order. */
export function createPost(options: PostOptions): (payload: string) => void {
  const { schedule, random, receive, blockedFor, lost, retryAfter, onDone } = options;
  const deliver = async (payload: string, attempt: number): Promise<void> => {
    if (blockedFor() > 0) return schedule.after(blockedFor() + 1_000, () => deliver(payload, attempt));
    if (await receive(payload)) return onDone(payload);
    const pause = retryAfter[attempt];
    if (pause !== undefined) schedule.after(pause, () => deliver(payload, attempt + 1));
  };
  return (payload) => {
    if (random.chance(lost())) return;
    const copies = random.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delay = random.chance(0.75) ? 500 + random.below(4_000) : random.below(10 * MINUTE);
      schedule.after(delay, () => deliver(payload, 0));
    }
  };
}
