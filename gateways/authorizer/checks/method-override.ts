import type { AuthorizationRequest } from "../request.ts";
import { readMethod } from "../routes/request-path.ts";
import type { RequestCheck } from "./request-check.ts";

/** With an underscore for each hyphen: backends behind CGI or WSGI read both as one. */
const NAMES: ReadonlySet<string> = new Set(["x_http_method_override", "x_http_method", "x_method_override"]);

/** Frameworks that honour these, or `_method` in the query, would carry out a DELETE for a token that may only POST. */
export const checkMethodOverride: RequestCheck = ({ isOverridden }, { methodOverride }) =>
  methodOverride === "refuse" && isOverridden ? "method_overridden" : undefined;

/** @param method in lower case; naming the same one is not an override */
export function hasMethodOverride({ headers, target }: AuthorizationRequest, method: string): boolean {
  for (const name in headers) {
    // Most headers are told apart by their first letter.
    if (!name.startsWith("x") || !NAMES.has(name.replaceAll("-", "_"))) continue;
    const value = headers[name];
    if (value !== undefined && (typeof value !== "string" || readMethod(value) !== method)) return true;
  }
  const query = target.indexOf("?");
  return query >= 0 && hasQueryOverride(target.slice(query + 1), method);
}

/**
 * `_method`, as Symfony, Laravel and Express' method-override read it; PHP takes a dot, a blank or a bracket in front for the
 * underscore.
 */
function hasQueryOverride(query: string, method: string): boolean {
  // Most queries neither name nor encode anything like it.
  if (!/method|%/i.test(query)) return false;
  for (const [name, value] of new URLSearchParams(query))
    if (/^[_. [\]]method$/i.test(name) && readMethod(value) !== method) return true;
  return false;
}
