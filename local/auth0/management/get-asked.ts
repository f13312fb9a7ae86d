import type { Query } from "./endpoint.ts";
import { ManagementError } from "./error.ts";

/** A query parameter that has to be there. Throws 400. */
export function getAsked(query: Query, name: string): string {
  const value = query[name];
  if (typeof value === "string" && value !== "") return value;
  throw new ManagementError(
    400,
    `Query validation error: 'Missing required property: ${name}'.`,
    "invalid_query_string",
  );
}
