import { findNearest } from "../nearest.ts";
import type { CodedProblem } from "../problem.ts";
import { isMapping, type Path } from "../shape.ts";

/** A shorter name is soon like another one; one of four letters may have two of them in each other's place. */
const MIN_LENGTH = 4;
const MAX_CHANGES = 2;

/**
 * Values that are nearly one of those that Auth0 takes, and names that are nearly those of a field, in mappings that take other names as well: a connection's options, a client's JWT
 * settings. Auth0 would keep such a name, and never look at it.
 */
export function findMisspelt(schema: unknown, value: unknown, path: Path): readonly CodedProblem[] {
  if (!isMapping(schema)) return [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => findMisspelt(schema.items, entry, [...path, index]));
  if (typeof value === "string") return findMisspeltChoice(schema.choices, value, path);
  if (!isMapping(value) || !isMapping(schema.properties)) return [];
  const { properties } = schema;
  const known = Object.keys(properties);
  return Object.entries(value).flatMap(([name, inner]) => {
    if (Object.hasOwn(properties, name)) return findMisspelt(properties[name], inner, [...path, name]);
    if (schema.additionalProperties !== undefined || name.length < MIN_LENGTH) return [];
    const nearest = findNearest(name, known, MAX_CHANGES);
    if (nearest === undefined) return [];
    const message = `is not a field that Auth0 has: did you mean ${nearest}?`;
    return [{ code: "TENANT_FIELD_UNKNOWN", path: [...path, name], part: "key" as const, message }];
  });
}

function findMisspeltChoice(choices: unknown, value: string, path: Path): readonly CodedProblem[] {
  if (!Array.isArray(choices) || choices.includes(value)) return [];
  const nearest = findNearest(value, choices.map(String), MAX_CHANGES);
  if (nearest === undefined) return [];
  return [{ code: "TENANT_MALFORMED", path, message: `is not a value that Auth0 has: did you mean ${nearest}?` }];
}
