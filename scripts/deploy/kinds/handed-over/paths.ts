import { isMapping, type Path } from "../../../tenant/shape.ts";

/** Where values stand that a pattern names: `.` between levels, `*` for every entry or value, `**` for any depth. */
export function findPaths(root: unknown, pattern: string): readonly Path[] {
  return expand(root, pattern.split("."), []);
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
    .filter(([key]) => step === "*" || key === step)
    .flatMap(([key, entry]) => expand(entry, rest, [...path, key]));
}

const isDeep = (value: unknown): boolean => typeof value === "object" && value !== null;
