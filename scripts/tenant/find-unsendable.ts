import type { CodedProblem } from "./problem.ts";
import { isMapping, type Path } from "./shape.ts";

/** Numbers that YAML has and JSON does not: `.inf` and `.nan` would be sent as null, which takes a setting back. */
export function findUnsendable(value: unknown, path: Path = []): readonly CodedProblem[] {
  if (typeof value === "number") {
    const message = "is not a number that can be sent";
    return Number.isFinite(value) ? [] : [{ code: "TENANT_MALFORMED", path, message }];
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => findUnsendable(entry, [...path, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => findUnsendable(entry, [...path, key]));
}
