import type { Connection } from "../../state/resources.ts";

/** Since 2025-07 options ask for scopes of their own (Auth0 changelog, 2025-07-08). */
export const READ_OPTIONS = "read:connections_options";
export const UPDATE_OPTIONS = "update:connections_options";

/** A connection as this token may see it. */
export function renderConnection({ options, ...connection }: Connection, scopes: ReadonlySet<string>): object {
  return scopes.has(READ_OPTIONS) ? { ...connection, options } : connection;
}
