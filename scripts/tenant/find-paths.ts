import { without } from "./paths.ts";
import { isMapping, type Path } from "./shape.ts";

/**
 * Where values stand that a pattern names: `.` between levels, `*` for every entry or value, `**` for any depth. `*secret*` is
 * every key with that word in it, in capitals or not.
 */
export function findPaths(root: unknown, pattern: string): readonly Path[] {
  return expand(root, pattern.split("."), []);
}

/** A copy that lacks what the patterns name. */
export function withoutPaths<T>(root: T, patterns: readonly string[]): T {
  return patterns
    .flatMap((pattern) => findPaths(root, pattern))
    .reduceRight((rest, path) => without(rest, path) as T, root);
}

function expand(value: unknown, steps: readonly string[], path: Path): readonly Path[] {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? [] : [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry] as const)
    : isMapping(value)
      ? Object.entries(value)
      : [];
  if (step === "**") {
    return [
      ...expand(value, rest, path),
      ...entries.flatMap(([key, entry]) => (isDeep(entry) ? expand(entry, steps, [...path, key]) : [])),
    ];
  }
  return entries
    .filter(([key]) => isNamed(step, String(key)))
    .flatMap(([key, entry]) => expand(entry, rest, [...path, key]));
}

const isDeep = (value: unknown): boolean => typeof value === "object" && value !== null;

function isNamed(step: string, key: string): boolean {
  return step.includes("*") ? new RegExp(`^${step.replaceAll("*", ".*")}$`, "is").test(key) : key === step;
}
