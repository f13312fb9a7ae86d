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
  const { FUZZ_SECONDS: seconds, FUZZ_SEED: given } = process.env;
  const tries =
    seconds === undefined
      ? { numRuns: runs, seed }
      : {
          numRuns: Number.MAX_SAFE_INTEGER,
          seed: given === undefined ? Date.now() % 2 ** 31 : Number(given),
          interruptAfterTimeLimit: 1000 * Number(seconds),
          markInterruptAsFailure: false,
        };
  if (seconds !== undefined) console.log(`FUZZ_SEED=${tries.seed}`);
  await assert(property as IAsyncProperty<Values>, { ...tries, examples: rows });
}
