import { setTimeout as sleep } from "node:timers/promises";

/** How long a build, or a deploy, may take before it is given up. */
export const TIMEOUT_MS = 120_000;

/** Whether it came true in time. */
export async function comesTrue(look: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (let looks = 0; Date.now() <= deadline; looks += 1) {
    if (await look()) return true;
    // Short at first, for a tenant on this machine is quick.
    await sleep(Math.min(20 * 2 ** looks, 1_000));
  }
  return false;
}
