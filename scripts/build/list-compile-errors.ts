import type { Location, Message } from "esbuild";
import { isMapping } from "../tenant/shape.ts";
import type { Refused } from "./bundle.ts";

/** What esbuild says of a source, each with its place. Anything else that was thrown is thrown on. */
export function listCompileErrors(failure: unknown, source: string): Refused["problems"] {
  const errors: readonly Message[] = isMapping(failure) && Array.isArray(failure.errors) ? failure.errors : [];
  if (errors.length === 0) throw failure;
  return errors.map(({ text, location }) => ({
    code: "ACTION_DOES_NOT_COMPILE",
    message: location ? `${text}\n${showPlace(location)}` : text,
    place: location ? `${location.file}:${location.line}` : source,
  }));
}

/** The line with a mark under the place. */
function showPlace({ lineText, column, length }: Location): string {
  // Tabs stay tabs, so that the mark stands where the text does.
  const before = lineText.slice(0, column).replace(/[^\t]/g, " ");
  return `    ${lineText}\n    ${before}${"^".repeat(Math.max(1, length))}`;
}
