import type { Segments } from "./request-path.ts";
import type { Route } from "./route.ts";

/**
 * The scope that a request needs by convention: `<method>:<first path segment>`, so `GET /users/12` needs `get:users`.
 * Undefined where there is none: at the root, and for a segment that no scope could be named after (RFC 6749 §3.3).
 *
 * @param method in lower case
 */
export function conventionalScope(method: string, segments: Segments): string | undefined {
  const first = segments[0];
  if (first === undefined || !/^[a-z]+$/.test(method) || !/^[a-z0-9_~-][a-z0-9._~-]*$/.test(first)) return undefined;
  return `${method}:${first}`;
}

/**
 * The scopes that a route needs, whatever the request; none on a public route. Undefined where they follow from the request
 * alone: its method, or a first segment that is a parameter.
 */
export function findRouteScopes({
  access,
  method,
  segments,
}: Pick<Route, "method" | "segments" | "access">): readonly string[] | undefined {
  if (access.kind === "public") return [];
  if (access.kind === "scopes") return access.scopes;
  const [first] = segments;
  const scope = first?.kind === "literal" && method !== "any" ? conventionalScope(method, [first.text]) : undefined;
  return scope === undefined ? undefined : [scope];
}
