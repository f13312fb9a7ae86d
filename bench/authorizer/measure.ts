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
 *
 * @param tokens all of them are asked about once in each round, in this order
 */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
  tokens: readonly string[],
): Promise<readonly Result[]> {
  const results = contenders.map((): Result[] => []);
  const values = tokens.map((token) => Buffer.from(`Bearer ${token}`));
  for (const contender of contenders) await runRound(contender, values);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) results[index]?.push(await runRound(contender, values));
  }
  return results.map((list) => list.reduce((best, one) => (one.p50 < best.p50 ? one : best)));
}

async function runRound({ name, decide }: Contender, values: readonly Buffer[]): Promise<Result> {
  const count = values.length;
  const times = new Float64Array(count);
  // New texts, as a server makes them of what comes in: nothing is known of them yet, not even their hash.
  const headers = values.map((value) => value.toString("latin1"));
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  for (const [index, authorization] of headers.entries()) {
    const before = performance.now();
    const pending = decide(authorization);
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
