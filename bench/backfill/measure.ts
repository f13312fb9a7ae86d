import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Load, openWorld } from "./world.ts";

export interface Measured {
  /** Requests to Stripe a second, from the first customer to the last. */
  readonly perSecond: number;
  readonly customers: number;
  /** Requests that Stripe refused for its rate limit. */
  readonly refused: number;
  /** Bytes of the process's memory at its largest; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

export async function measureBackfill(load: Load): Promise<Measured> {
  const world = await openWorld(load);
  const { stripe } = world;
  try {
    const script = world.start();
    let isRunning = true;
    void script.ended.then(() => {
      isRunning = false;
    });
    let [first, last, seen, atFirst, memory] = [0, 0, 0, 0, 0];
    while (isRunning) {
      const { size } = stripe.customers;
      if (size > seen) {
        last = performance.now();
        if (first === 0) [first, atFirst] = [last, size];
        seen = size;
      }
      memory = Math.max(memory, readLargest(script.process.pid));
      await sleep(10);
    }
    if ((await script.ended) !== 0) throw new Error(`The backfill failed:\n${script.stderr()}`);
    const perSecond = ((seen - atFirst) * 2 * 1000) / (last - first);
    const refused = stripe.log.entries().filter(({ status }) => status === 429).length;
    return { perSecond, customers: stripe.customers.size, refused, memory: memory || undefined };
  } finally {
    await world.close();
  }
}

/** Linux tells the largest so far; 0 where there is no such file (any more). */
function readLargest(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
