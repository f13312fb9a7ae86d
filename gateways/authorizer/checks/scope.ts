import type { RequestCheck } from "./request-check.ts";

/** Whole scopes are compared: `get:usersx` and `get:users:all` do not grant `get:users`, nor does another case. */
export const checkScope: RequestCheck = ({ needed, granted }) =>
  needed?.every((scope) => granted.includes(scope)) ? undefined : "scope_missing";
