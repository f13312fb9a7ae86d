import type { Contender } from "./contenders.ts";

export interface Result {
  readonly name: string;
  /** One after another, in one process. */
  readonly perSecond: number;
  /** Microseconds of processor time, all threads. */
  readonly cpu: number;
  /** Microseconds from question to answer. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Short rounds of all contenders in turn, so that what else the machine does falls on all of them; of each the round with
 * the lowest median counts, which is the one that was disturbed least.
 */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
  perRound: number,
): Promise<readonly Result[]> {
  const results = contenders.map((): Result[] => []);
  for (const contender of contenders) await runRound(contender, perRound);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) results[index]?.push(await runRound(contender, perRound));
  }
  return results.map((list) => list.reduce((best, one) => (one.p50 < best.p50 ? one : best)));
}

async function runRound({ name, decide }: Contender, count: number): Promise<Result> {
  const times = new Float64Array(count);
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    const before = performance.now();
    const pending = decide(index);
    if (pending instanceof Promise) await pending;
    times[index] = performance.now() - before;
  }
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  times.sort();
  const quantile = (share: number): number => (times[Math.floor(count * share)] ?? 0) * 1000;
  return {
    name,
    perSecond: (count / elapsed) * 1000,
    cpu: (user + system) / count,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}
