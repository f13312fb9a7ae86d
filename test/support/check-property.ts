import { assert, type IAsyncProperty, type IProperty } from "fast-check";

export interface Bounds<Values> {
  /** In `npm test`, always the same ones. */
  readonly runs: number;
  readonly seed: number;
  /** What once failed: tried first, every time. */
  readonly rows?: Values[];
}

/**
 * Tries a property on the same few values in `npm test`, and on new ones for so many seconds in `npm run fuzz`, which prints what it
 * began with: FUZZ_SEED has it tried again. A counterexample becomes one of `rows`.
 */
export async function checkProperty<Values extends [unknown, ...unknown[]]>(
  property: IProperty<Values> | IAsyncProperty<Values>,
  { runs, seed, rows = [] }: Bounds<Values>,
): Promise<void> {
  const check = (from: number) =>
    assert(property as IAsyncProperty<Values>, { numRuns: runs, seed: from, examples: rows });
  const { FUZZ_SECONDS: seconds, FUZZ_SEED: given } = process.env;
  if (seconds === undefined) return check(seed);
  const first = given === undefined ? Date.now() % 2 ** 31 : Number(given);
  console.log(`FUZZ_SEED=${first}`);
  const end = performance.now() + 1000 * Number(seconds);
  // Run by run to its end: fast-check's own time limit leaves the one that it interrupts running beside the next test.
  for (let from = first; from === first || performance.now() < end; from += 1) await check(from);
}
