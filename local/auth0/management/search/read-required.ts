import type { Search } from "./parse.ts";

/** The value that a field has in all that the search can find; undefined where that may be any. */
export function readRequired(search: Search, field: string): string | undefined {
  if (search.kind === "equals") return search.field === field ? search.value : undefined;
  if (search.kind !== "and") return undefined;
  return search.parts.map((part) => readRequired(part, field)).find((value) => value !== undefined);
}
