import ZSchema from "z-schema";
import type { Query } from "./endpoint.ts";
import { ManagementError } from "./error.ts";

/** JSON Schema, draft 4, as far as z-schema 6 reads it. `description` shows in the error, as at Auth0. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Auth0's texts are this library's, word for word: the first error only, wrapped. */
const validator = new ZSchema({ breakOnFirstError: true, reportPathAsArray: true });

/** Throws 400 `invalid_body` with Auth0's wording when the body is not as the schema says. */
export function checkBody(body: unknown, schema: JsonSchema): void {
  const problem = describeFirstError(body, schema);
  if (problem !== undefined) throw new ManagementError(400, `Payload validation error: ${problem}`, "invalid_body");
}

/**
 * Reads a query string by its schemas: numbers and booleans get their type, what is not listed is refused (400). A list is
 * its name repeated, or with brackets (`strategy[]`, `strategy[0]`), as Go's and PHP's clients write it.
 */
export function parseQuery(search: URLSearchParams, schemas: Readonly<Record<string, JsonSchema>>): Query {
  const schemaOf = (name: string) => (Object.hasOwn(schemas, name) ? schemas[name] : undefined);
  const isList = (name: string) => schemaOf(name)?.type === "array";
  const given = new Map<string, string[]>();
  for (const [key, value] of search) {
    const list = /^(.+)\[\d*\]$/.exec(key)?.[1];
    const name = list !== undefined && isList(list) ? list : key;
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  // Built from entries: a parameter named __proto__ is then a field like any other, and refused.
  const query: Query = Object.fromEntries(
    [...given].map(([name, values]) => [name, isList(name) ? values : coerce(values.at(-1) ?? "", schemaOf(name))]),
  );
  const problem = describeFirstError(query, { type: "object", properties: schemas, additionalProperties: false });
  if (problem !== undefined) {
    throw new ManagementError(400, `Query validation error: ${problem}`, "invalid_query_string");
  }
  return query;
}

/** Throws 400 `invalid_uri` when a path parameter has not the form that its schema asks for. */
export function checkPath(
  params: Readonly<Record<string, string>>,
  schemas: Readonly<Record<string, JsonSchema>>,
): void {
  const problem = describeFirstError(params, { type: "object", properties: schemas });
  if (problem !== undefined) throw new ManagementError(400, `Path validation error: ${problem}`, "invalid_uri");
}

function coerce(value: string, schema: JsonSchema | undefined): string | number | boolean {
  if ((schema?.type === "integer" || schema?.type === "number") && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (schema?.type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** `'<message>' on property a.b[0] (<description>).`; the two optional parts drop out. */
function describeFirstError(value: unknown, schema: JsonSchema): string | undefined {
  if (validator.validate(value, schema)) return undefined;
  const error = validator.getLastErrors()[0];
  if (error === undefined) return "'The value is not valid'.";
  const path = renderPath(error.path as unknown as readonly (string | number)[]);
  const property = path === "" ? "" : ` on property ${path}`;
  const description = error.description === undefined || path === "" ? "" : ` (${error.description})`;
  return `'${error.message}'${property}${description}.`;
}

function renderPath(path: readonly (string | number)[]): string {
  return path
    .map((part) => (/^\d+$/.test(String(part)) ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}
