import { isDeepStrictEqual } from "node:util";
import { parseAsDeployCli } from "./deploy-cli.ts";
import { refuseLines } from "./refusal.ts";
import { isMapping, type Path, renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";
import type { Tokenised } from "./tokens.ts";

/**
 * Reads the text with the Deploy CLI's own parser too, and refuses what the two parsers read differently. In the text for both, words
 * stand in the place of keywords. The Deploy CLI's comes first, because it refuses with a line what ours passes over: a merge key
 * (`<<`) whose value is not a mapping.
 *
 * @throws {CommandError} TENANT_NOT_YAML, TENANT_AMBIGUOUS
 */
export function checkBothReadings(
  tokens: Tokenised,
  readOurs: () => unknown,
  { file, locate }: Pick<TenantSource, "file" | "locate">,
): void {
  let theirs: unknown;
  try {
    theirs = parseAsDeployCli(tokens.text);
  } catch (error) {
    const mark = isMapping(error) && isMapping(error.mark) ? Number(error.mark.line) + 1 : 1;
    const reason = isMapping(error) && typeof error.reason === "string" ? error.reason : "it cannot be parsed";
    throw refuseLines("TENANT_NOT_YAML", `The Deploy CLI cannot read ${file}`, [
      `${file}:${mark} ${tokens.restore(reason)}`,
    ]);
  }
  const differing = findDifferences(theirs, readIfPossible(readOurs), []);
  if (differing.length === 0) return;
  throw refuseLines(
    "TENANT_AMBIGUOUS",
    `${file} has values that the Deploy CLI does not read as YAML's core schema does; put them in quotes, or write them another way`,
    differing.map((path) => `${locate(path)} ${renderPath(restorePath(tokens, path))}`),
  );
}

/** What one parser cannot make values of, and the other can, they read differently. */
function readIfPossible(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    return cause;
  }
}

function findDifferences(theirs: unknown, ours: unknown, path: Path): readonly Path[] {
  if (Object.is(theirs, ours)) return [];
  if (Array.isArray(theirs) && Array.isArray(ours) && theirs.length === ours.length) {
    return theirs.flatMap((entry, index) => findDifferences(entry, ours[index], [...path, index]));
  }
  if (isPlain(theirs) && isPlain(ours) && isDeepStrictEqual(Object.keys(theirs), Object.keys(ours))) {
    return Object.keys(theirs).flatMap((key) => findDifferences(theirs[key], ours[key], [...path, key]));
  }
  return [path];
}

/** Mappings of YAML, not the dates, sets and bytes that tags make. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return isMapping(value) && Object.getPrototypeOf(value) === Object.prototype;
}

/** As the file has it: keys may be words that stand for markers. */
export function restorePath({ restore }: Tokenised, path: Path): Path {
  return path.map((key) => (typeof key === "string" ? restore(key) : key));
}
