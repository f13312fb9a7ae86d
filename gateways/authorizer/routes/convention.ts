import type { Segments } from "./request-path.ts";

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
