import { valueAt } from "../../tenant/paths.ts";
import { isMapping } from "../../tenant/shape.ts";
import type { Wanted } from "./kind.ts";

/** A list of an entry in which each thing stands once. */
interface PartList {
  /** Where the entry has it. */
  readonly at: string;
  /** The member by which its entries are told apart. */
  readonly key: string;
  /** As a person calls one. */
  readonly label: string;
}

/** What of an entry may stand once only, by the member that names it. */
export function listPartsOf(
  { name, entry, path }: Wanted,
  lists: readonly PartList[],
): readonly Pick<Wanted, "name" | "path">[] {
  return lists.flatMap(({ at, key, label }) => {
    const rows = valueAt(entry, [at]);
    return (Array.isArray(rows) ? rows : []).flatMap((row: unknown, index) =>
      isMapping(row) && row[key] !== undefined
        ? [{ name: `${name}, ${label} ${String(row[key])}`, path: [...path, at, index] }]
        : [],
    );
  });
}
