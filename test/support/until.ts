import { setTimeout as sleep } from "node:timers/promises";

/** Looks, each a millisecond after the last: a machine that is busy is as late with them as with what they wait for. */
const MOST_LOOKS = 10_000;

/** What `find` finds, as soon as it does. @throws {Error} where it never does: no test is to wait for its time limit */
export async function until<Found>(find: () => Found | Promise<Found>): Promise<Exclude<Found, false | undefined>> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const found = await find();
    if (found !== undefined && found !== false) return found as Exclude<Found, false | undefined>;
    await sleep(1);
  }
  throw new Error(`It did not come about in ${MOST_LOOKS} looks: ${find}`);
}
