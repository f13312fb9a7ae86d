import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../validation.ts";

let bodies: Readonly<Record<string, JsonSchema>> | undefined;

/**
 * The schema of a request body by the name of its type in auth0's SDK. The file is read when the first body comes: most
 * runs of the tenant never need it.
 */
export function getRequestSchema(name: string): JsonSchema {
  bodies ??= (JSON.parse(readFileSync(join(import.meta.dirname, "request-schemas.json"), "utf8")) as RequestSchemas)
    .bodies;
  const body = bodies[name];
  if (body === undefined) throw new Error(`request-schemas.json does not have ${name}: make it anew`);
  return body;
}

interface RequestSchemas {
  readonly bodies: Readonly<Record<string, JsonSchema>>;
}
