import { setTimeout as sleep } from "node:timers/promises";

/**
 * What `find` finds, as soon as it does. It looks for as long as the test may take: how long that is on a busy machine is not to be
 * guessed.
 */
export async function until<Found>(find: () => Found | Promise<Found>): Promise<Exclude<Found, false | undefined>> {
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found as Exclude<Found, false | undefined>;
    await sleep(1);
  }
}
