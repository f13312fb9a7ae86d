import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CliReader, startCliReader } from "./cli-reader.ts";
import { type Comparison, compareReadings } from "./compare-readings.ts";
import { EXAMPLE_FILES } from "./example-files.ts";
import { examples } from "./generate-examples.ts";

const RUNS = 2000;

let directory: string;
let cli: CliReader;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "readings-"));
  for (const [file, text] of Object.entries(EXAMPLE_FILES)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), text);
  }
  cli = startCliReader();
});

afterAll(async () => {
  cli.close();
  await rm(directory, { recursive: true });
});

test(`${RUNS} generated files mean the same to the Deploy CLI and to us, and hardly one of them is refused`, async () => {
  const counts = new Map<Comparison["kind"], number>();
  const refusals = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(examples, async (example) => {
      const comparison = await compareReadings(directory, example, cli);
      counts.set(comparison.kind, (counts.get(comparison.kind) ?? 0) + 1);
      if (comparison.kind === "refused by us") {
        refusals.set(comparison.code, (refusals.get(comparison.code) ?? 0) + 1);
      }
      expect(comparison.kind === "differ" ? comparison : undefined).toBeUndefined();
    }),
    { seed: 20_261_129, numRuns: RUNS },
  );
  // What the generator makes is what the Deploy CLI takes: else this would compare nothing.
  expect(counts.get("same")).toBeGreaterThan(0.9 * RUNS);
  expect([...refusals].reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(0.02 * RUNS);
}, 600_000);
