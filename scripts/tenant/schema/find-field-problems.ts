import { compileSchema, type SchemaError, type ValidateSchema } from "../deploy-cli.ts";
import { findMarkers } from "../markers.ts";
import { findNearest } from "../nearest.ts";
import { valueAt } from "../paths.ts";
import type { CodedProblem } from "../problem.ts";
import { isMapping, nameType, type Path } from "../shape.ts";
import { findMisspelt } from "./find-misspelt.ts";
import { narrowSchema } from "./narrow-schema.ts";
import { findSchema, type SchemaName } from "./schemas.ts";

/**
 * What Auth0 or the Deploy CLI would refuse of a document's names and types. A text with a marker in it may become anything, so
 * nothing is said of it.
 */
export function findFieldProblems(document: Readonly<Record<string, unknown>>): readonly CodedProblem[] {
  const problems = Object.entries(document).flatMap(([section, value]) => [
    ...checkSection("deploy-cli", section, value, document),
    ...checkSection("fields", section, value, document),
    ...findMisspelt(findSchema("fields", section) ?? findSchema("deploy-cli", section), value, [section]),
  ]);
  // Both schemas may say the same of a place.
  const seen = new Set<string>();
  return problems.filter(({ path }) => {
    const key = JSON.stringify(path);
    return !seen.has(key) && seen.add(key);
  });
}

/** By the text of the schema: several environments have mostly the same members. */
const compiled = new Map<string, ValidateSchema>();

function checkSection(name: SchemaName, section: string, value: unknown, document: unknown): readonly CodedProblem[] {
  const whole = findSchema(name, section);
  if (whole === undefined) return [];
  const schema = narrowSchema(whole, [value]);
  const text = JSON.stringify(schema);
  const validate = compiled.get(text) ?? compileSchema(schema);
  compiled.set(text, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).flatMap((error) => {
    const path = [section, ...pathOf(error.dataPath, value)];
    const found = valueAt(document, path);
    return typeof found === "string" && findMarkers(found).length > 0 ? [] : describe(error, path, found);
  });
}

function describe(error: SchemaError, path: Path, found: unknown): readonly CodedProblem[] {
  const params = isMapping(error.params) ? error.params : {};
  switch (error.keyword) {
    case "additionalProperties":
      return [describeUnknown(path, String(params.additionalProperty), error.parentSchema)];
    case "type":
      return [malformed(path, `expected ${listTypes(String(params.type))}, found ${nameType(found)}`)];
    case "propertyNames":
      return [describeUnknown(path, String(params.propertyName), error.parentSchema)];
    case "enum":
      // Of a name: it is told as such.
      if (error.propertyName !== undefined) return [];
      return [describeChoice(path, found, Array.isArray(params.allowedValues) ? params.allowedValues : [])];
    case "required":
      return [malformed(path, `"${String(params.missingProperty)}" is missing`)];
    // Says only that one of the others, which are listed, does not hold.
    case "if":
      return [];
    default:
      return [malformed(path, error.message ?? `does not fit "${error.keyword}" of the Deploy CLI's schema`)];
  }
}

const malformed = (path: Path, message: string): CodedProblem => ({ code: "TENANT_MALFORMED", path, message });

function describeUnknown(path: Path, name: string, schema: unknown): CodedProblem {
  const known = listKnown(schema);
  const nearest = findNearest(name, known);
  const isTrigger = path.length === 1 && path[0] === "triggers";
  const hint = nearest === undefined ? `there are ${[...known].sort().join(", ")}` : `did you mean ${nearest}?`;
  return {
    code: isTrigger ? "TENANT_TRIGGER_UNKNOWN" : "TENANT_FIELD_UNKNOWN",
    path: [...path, name],
    part: "key",
    message: `is not a ${isTrigger ? "trigger" : "field"} that Auth0 has: ${hint}`,
  };
}

function listKnown(schema: unknown): readonly string[] {
  if (!isMapping(schema)) return [];
  if (isMapping(schema.propertyNames) && Array.isArray(schema.propertyNames.enum)) return schema.propertyNames.enum;
  return isMapping(schema.properties) ? Object.keys(schema.properties) : [];
}

function describeChoice(path: Path, found: unknown, allowed: readonly unknown[]): CodedProblem {
  const choices = allowed.filter((value) => typeof value === "string");
  const nearest = typeof found === "string" ? findNearest(found, choices) : undefined;
  const hint = nearest === undefined ? "" : `: did you mean ${nearest}?`;
  const isTrigger = path[0] === "actions" && path[2] === "supported_triggers";
  return {
    code: isTrigger ? "TENANT_TRIGGER_UNKNOWN" : "TENANT_MALFORMED",
    path,
    message: `must be one of ${allowed.join(", ")}${hint}`,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  string: "a text (quote it)",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "null",
};

/** ajv lists several with commas. */
const listTypes = (types: string): string =>
  types
    .split(",")
    .map((type) => WORDS[type] ?? type)
    .join(" or ");

/** A JSON pointer with the indexes of lists as numbers. */
function pathOf(pointer: string, root: unknown): Path {
  const names = pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path: (string | number)[] = [];
  for (const name of names) path.push(Array.isArray(valueAt(root, path)) ? Number(name) : name);
  return path;
}
