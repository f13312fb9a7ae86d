import type { Headers } from "../request.ts";
import { readMethod } from "../routes/request-path.ts";
import type { RequestCheck } from "./request-check.ts";

const names = ["x-http-method-override", "x-http-method", "x-method-override"] as const;

/** Frameworks that honour these would carry out a DELETE for a token that may only POST. */
export const checkMethodOverride: RequestCheck = ({ headers, method }, { methodOverride }) =>
  methodOverride === "refuse" && hasMethodOverride(headers, method) ? "method_overridden" : undefined;

/** @param method in lower case; naming the same one in the header is no override */
export function hasMethodOverride(headers: Headers, method: string): boolean {
  return names.some((name) => {
    const value = headers[name];
    return value !== undefined && (typeof value !== "string" || readMethod(value) !== method);
  });
}
