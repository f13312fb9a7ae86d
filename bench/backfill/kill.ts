import { setTimeout as sleep } from "node:timers/promises";
import { type Load, openWorld } from "./world.ts";

export interface Survived {
  /** Of all users, by what became of them in the last run's report. */
  readonly sum: number;
  readonly customers: number;
  /** Users that have one. */
  readonly owners: number;
}

/** Ends the command by SIGKILL so many times, each with more customers made, and lets it come to its end. */
export async function killBackfill(load: Load, kills: number): Promise<Survived> {
  const world = await openWorld(load);
  const { customers } = world.stripe;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const script = world.start();
      let hasEnded = false;
      void script.ended.then(() => {
        hasEnded = true;
      });
      while (!hasEnded && customers.size < (load.due * kill) / (kills + 1)) await sleep(5);
      script.process.kill("SIGKILL");
      if ((await script.ended) !== "SIGKILL") throw new Error(`It ended by itself:\n${script.stderr()}`);
    }
    const last = world.start();
    if ((await last.ended) !== 0) throw new Error(`The backfill failed:\n${last.stderr()}`);
    const { tally } = JSON.parse(last.stdout()) as { tally: Readonly<Record<string, number>> };
    const owners = customers.values().map((customer) => "metadata" in customer && customer.metadata.auth0_user_id);
    return {
      sum: Object.values(tally).reduce((sum, count) => sum + count, 0),
      customers: customers.size,
      owners: new Set(owners).size,
    };
  } finally {
    await world.close();
  }
}
