/**
 * The name that was probably meant: the one that takes the fewest single changes, if those are few for its length, or the one
 * that this is the beginning of.
 */
export function findNearest(
  name: string,
  known: readonly string[],
  maxChanges = Number.POSITIVE_INFINITY,
): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  if (best !== undefined && best.distance <= Math.min(CLEARLY, maxChanges, limitFor(name))) return best.candidate;
  if (maxChanges <= CLEARLY) return undefined;
  const longer = known.filter((candidate) => name.length > 3 && candidate.startsWith(name));
  if (longer.length === 1) return longer[0];
  return best !== undefined && best.distance <= limitFor(name) ? best.candidate : undefined;
}

const CLEARLY = 2;
const limitFor = (name: string): number => Math.max(1, Math.floor(name.length / 3));

/** Letters added, left out, exchanged, or swapped with the next one (optimal string alignment). */
function distanceBetween(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, above] = [above, current];
  }
  return above[other.length] ?? 0;
}
