import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../validation.ts";

interface RequestSchemas {
  readonly bodies: Readonly<Record<string, JsonSchema>>;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

let loaded: RequestSchemas | undefined;

/**
 * The schema of a request body by the name of its type in auth0's SDK. The file is read when the first body comes: most
 * runs of the tenant never need it.
 *
 * @param alsoTaken members that the type lacks and the API takes
 */
export function getRequestSchema(name: string, alsoTaken: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  loaded ??= JSON.parse(readFileSync(join(import.meta.dirname, "request-schemas.json"), "utf8")) as RequestSchemas;
  const { bodies, definitions } = loaded;
  const body = bodies[name];
  if (body === undefined) throw new Error(`request-schemas.json does not have ${name}: make it anew`);
  return { ...extend(body, alsoTaken), definitions };
}

function extend(schema: JsonSchema, members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return Array.isArray(schema.anyOf)
    ? { ...schema, anyOf: schema.anyOf.map((alternative: JsonSchema) => extend(alternative, members)) }
    : { ...schema, properties: { ...(schema.properties as object | undefined), ...members } };
}
