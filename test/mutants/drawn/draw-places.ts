import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { sample, shuffledSubarray } from "fast-check";

interface Position {
  /** From 0, as columns are. */
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly fileName: string;
  readonly start: Position;
  readonly end: Position;
}

/** A range stands for all mutants in it: a function's body would bring all of its own along, a regular expression a dozen. */
const MOST_IN_A_PLACE = 4;

/**
 * Places in the code of these folders, so many that about `count` mutants are in them, as Stryker's `mutate` takes them. The same seed
 * and the same code give the same places.
 */
export async function drawPlaces(
  root: string,
  folders: readonly string[],
  count: number,
  seed: number,
): Promise<readonly string[]> {
  const all = await listMutants(root, folders);
  const drawn: Place[] = [];
  const counted = new Set<Place>();
  for (const place of shuffle(all, seed)) {
    if (counted.size >= count) break;
    if (counted.has(place)) continue;
    const within = all.filter((other) => isWithin(other, place));
    if (within.length > MOST_IN_A_PLACE) continue;
    drawn.push(place);
    for (const mutant of within) counted.add(mutant);
  }
  return drawn.map(renderRange).sort();
}

/** All that Stryker would make, but what a comment in the code takes out of it. */
async function listMutants(root: string, folders: readonly string[]): Promise<readonly Place[]> {
  const listed = execFileSync("git", ["ls-files", "-z", "--", ...folders.map((folder) => `${folder}/**.ts`)], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed
    .split("\0")
    .filter((name) => name !== "")
    .map((name) => ({ name, content: readFileSync(join(root, name), "utf8"), mutate: true }));
  const { mutants } = await new Instrumenter(silentLogger).instrument(files, {
    excludedMutations: [],
    ignorers: [],
    plugins: null,
    noHeader: true,
  });
  return mutants
    .filter(({ status }) => status !== "Ignored")
    .map(({ fileName, location: { start, end } }) => ({ fileName, start, end }));
}

function shuffle(all: readonly Place[], seed: number): readonly Place[] {
  const [shuffled = []] = sample(shuffledSubarray([...all], { minLength: all.length }), { seed, numRuns: 1 });
  return shuffled;
}

const isWithin = (inner: Place, outer: Place): boolean =>
  inner.fileName === outer.fileName && isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);

const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.column <= other.column);

const renderRange = ({ fileName, start, end }: Place): string =>
  `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;

const never = (): boolean => false;
const nothing = (): void => {};

const silentLogger = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
