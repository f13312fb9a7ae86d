import { isMapping, type Path } from "../shape.ts";
import { findIdentity, findNames, renderNames } from "./identities.ts";
import { hasLeaveOut } from "./leave-out.ts";
import { indexOfSame, type MergedNode } from "./merge-values.ts";
import { findMergedPath, type Side } from "./merged-paths.ts";

/** One thing that an overlay speaks of, for a person to read. */
export interface OverlayEntry {
  readonly section: string;
  /** Of an entry of a list, as it is written. */
  readonly name?: string;
  readonly how: "changed" | "added" | "replaced" | "left out";
  /** What the overlay has of something that is changed: `description`. */
  readonly members: readonly string[];
  /** In the merged document; undefined for what was left out. */
  readonly path: Path | undefined;
}

/** @param written both documents, keywords unfilled */
export function listOverlayEntries(
  root: MergedNode,
  { base, overlay }: Readonly<Record<Side, unknown>>,
): readonly OverlayEntry[] {
  if (!isMapping(base) || !isMapping(overlay)) return [];
  return Object.entries(overlay).flatMap(([section, theirs]): readonly OverlayEntry[] => {
    const ours = Object.hasOwn(base, section) ? base[section] : undefined;
    const at = (path: Path) => findMergedPath(root, "overlay", path);
    const identity = findIdentity([section]);
    if (identity !== undefined && Array.isArray(theirs) && theirs.length > 0) {
      const entries = Array.isArray(ours) ? ours : [];
      return theirs.map((entry: unknown, index) => {
        const name = renderNames(findNames(entry, identity) ?? [], identity);
        const isThere = indexOfSame(entry, entries, identity) >= 0;
        return {
          section,
          ...(name !== "" && { name }),
          ...describe(entry, isThere, identity),
          path: at([section, index]),
        };
      });
    }
    const how = isMapping(theirs) ? describe(theirs, isMapping(ours), []) : ({ how: "replaced", members: [] } as const);
    return [{ section, ...how, path: at([section]) }];
  });
}

function describe(
  entry: unknown,
  isThere: boolean,
  identity: readonly string[],
): Pick<OverlayEntry, "how" | "members"> {
  if (hasLeaveOut(entry)) return { how: "left out", members: [] };
  if (!isThere || !isMapping(entry)) return { how: "added", members: [] };
  return { how: "changed", members: Object.keys(entry).filter((member) => !identity.includes(member)) };
}
