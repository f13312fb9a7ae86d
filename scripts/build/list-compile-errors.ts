import type { Message } from "esbuild";
import { isMapping } from "../tenant/shape.ts";
import type { Refused } from "./bundle.ts";

/** What esbuild says of a source, each with its place. Anything else that was thrown is thrown on. */
export function listCompileErrors(failure: unknown, source: string): Refused["problems"] {
  const errors: readonly Message[] = isMapping(failure) && Array.isArray(failure.errors) ? failure.errors : [];
  if (errors.length === 0) throw failure;
  return errors.map(({ text, location }) => ({
    code: "ACTION_DOES_NOT_COMPILE",
    message: text,
    place: location ? `${location.file}:${location.line}` : source,
  }));
}
