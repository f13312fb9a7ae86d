import { relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { drawPlaces } from "./draw-places.ts";
import type { MutatedFolder } from "./folders.ts";

/** Percent of the mutants that a test must fail for. */
const LEAST = 85;

export interface Draw {
  /** About so many mutants a folder. */
  readonly count: number;
  readonly seed: number;
  /** Processes at the same time. */
  readonly concurrency: number;
}

/**
 * Has Stryker change the code of a folder at places that are drawn, one change at a time, and run the tests that reach it; prints what
 * survived and what the time limit ended, and says whether enough was killed.
 */
export async function runDrawn(root: string, folder: MutatedFolder, draw: Draw): Promise<boolean> {
  const started = performance.now();
  const mutate = await drawPlaces(root, folder.sources, draw.count, draw.seed);
  const mutants = await new Stryker({
    mutate: [...mutate],
    jest: {
      projectType: "custom",
      configFile: "jest.config.js",
      config: { testMatch: folder.tests.map(matchTests) },
      enableFindRelatedTests: false,
    },
    concurrency: draw.concurrency,
  }).runMutationTest();

  const judged = mutants.filter(({ status }) => status !== "Ignored");
  const endless = judged.filter(({ status }) => status === "Timeout");
  const killed = judged.filter(({ status }) => status === "Killed").length + endless.length;
  const score = (100 * killed) / judged.length;
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${folder.name}: ${killed} of ${judged.length} killed, ${endless.length} of them by the time limit: ${score.toFixed(1)} % (seed ${draw.seed}, ${seconds} s)`,
  );
  for (const { fileName, location, mutatorName, replacement, status } of judged) {
    if (status === "Killed") continue;
    const { line, column } = location.start;
    console.log(`  ${status}: ${relative(root, fileName)}:${line}:${column} ${mutatorName}: ${replacement ?? ""}`);
  }
  return score >= LEAST;
}

const matchTests = (name: string): string => `<rootDir>/test/${name.endsWith(".ts") ? name : `${name}/**/*.test.ts`}`;
