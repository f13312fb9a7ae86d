import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMapping, type Path } from "../shape.ts";
import type { RequiredSchema } from "./derive-required.ts";

/**
 * Committed, because loading them from the packages takes half a second: `npm run tenant-schema` writes them anew after an update.
 *
 * - sections: what the table of kinds (scripts/deploy/kinds/) says of each section
 * - deploy-cli: what auth0-deploy-cli checks of a section before it imports anything
 * - fields: the names and types of fields that the Management API has, as the auth0 package declares them, with the former's; of
 *   sections that the Deploy CLI writes, names alone
 * - required: what the body of a request that makes something must have, as the auth0 package declares it
 */
export type SchemaName = "sections" | "deploy-cli" | "fields" | "required";

const loaded = new Map<SchemaName, Readonly<Record<string, unknown>>>();

/** JSON schemas by section. */
export function readSchemas(name: SchemaName): Readonly<Record<string, unknown>> {
  const present = loaded.get(name);
  if (present !== undefined) return present;
  const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8"));
  const schemas = isMapping(parsed) ? parsed : {};
  loaded.set(name, schemas);
  return schemas;
}

/** Undefined for what is not a section, whatever a file calls it: `constructor`. */
export function findSchema(name: SchemaName, section: string): unknown {
  const schemas = readSchemas(name);
  return Object.hasOwn(schemas, section) ? schemas[section] : undefined;
}

/** What an entry of this section must have for Auth0 to make it; undefined where nothing is known beyond the Deploy CLI's schema. */
export function findRequired(section: string): RequiredSchema | undefined {
  const { sections } = readSchemas("required");
  return isMapping(sections) ? (sections[section] as RequiredSchema | undefined) : undefined;
}

/** The types that the value at a path may have, in JSON schema's words; undefined where any value may stand. */
export function findTypes(path: Path): readonly string[] | undefined {
  const schema = path.reduce<unknown>((outer, key, index) => {
    if (!isMapping(outer)) return undefined;
    if (index > 0 && typeof key === "number") return outer.items;
    const named = index === 0 ? outer : outer.properties;
    if (isMapping(named) && Object.hasOwn(named, key)) return named[key];
    return outer.additionalProperties;
  }, readSchemas("fields"));
  const type = isMapping(schema) ? schema.type : undefined;
  return typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : undefined;
}
