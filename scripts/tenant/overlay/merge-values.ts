import { valueAt } from "../paths.ts";
import { isMapping, type Path } from "../shape.ts";
import { findIdentity, findNames } from "./identities.ts";
import { hasLeaveOut } from "./leave-out.ts";

/** Where each part of the merged document comes from. */
export type MergedNode =
  | { readonly from: "base" | "overlay"; readonly path: Path }
  | {
      readonly from: "both";
      readonly base: Path;
      readonly overlay: Path;
      readonly isList: boolean;
      readonly entries: readonly (readonly [string | number, MergedNode])[];
    };

interface At {
  readonly base: Path;
  readonly overlay: Path;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Mappings merge by key, lists whose entries have a name (identities.ts) merge by it; everything else, and an empty list, takes
 * the place of what stands in the base. Both as written: what a keyword stands for does not decide what is the same entry.
 */
export function mergeValues(base: unknown, overlay: unknown, at: At = { base: [], overlay: [] }): MergedNode {
  if (isMapping(base) && isMapping(overlay)) return mergeMappings(base, overlay, at);
  const identity = findIdentity(at.overlay);
  if (identity !== undefined && Array.isArray(base) && Array.isArray(overlay) && overlay.length > 0) {
    return mergeLists(base, overlay, identity, at);
  }
  return { from: "overlay", path: at.overlay };
}

function mergeMappings(base: Fields, overlay: Fields, at: At): MergedNode {
  const kept = Object.entries(base).flatMap(([key, value]): readonly (readonly [string, MergedNode])[] => {
    const below = { base: [...at.base, key], overlay: [...at.overlay, key] };
    if (!Object.hasOwn(overlay, key)) return [[key, { from: "base", path: below.base }]];
    return hasLeaveOut(overlay[key]) ? [] : [[key, mergeValues(value, overlay[key], below)]];
  });
  const added = Object.keys(overlay)
    .filter((key) => !Object.hasOwn(base, key))
    .map((key) => [key, { from: "overlay", path: [...at.overlay, key] }] as const);
  return { from: "both", ...at, isList: false, entries: [...kept, ...added] };
}

/** In the base's order; what only the overlay has comes after it. */
function mergeLists(
  base: readonly unknown[],
  overlay: readonly unknown[],
  identity: readonly string[],
  at: At,
): MergedNode {
  const matched = new Set<number>();
  const kept = base.flatMap((entry, index): readonly MergedNode[] => {
    const found = indexOfSame(entry, overlay, identity);
    const below = { base: [...at.base, index], overlay: [...at.overlay, found] };
    // A second entry of one name is the plan's to refuse.
    if (found < 0 || matched.has(found)) return [{ from: "base", path: below.base }];
    matched.add(found);
    return hasLeaveOut(overlay[found]) ? [] : [mergeValues(entry, overlay[found], below)];
  });
  const added = overlay.flatMap((_, index): readonly MergedNode[] =>
    matched.has(index) ? [] : [{ from: "overlay", path: [...at.overlay, index] }],
  );
  return { from: "both", ...at, isList: true, entries: [...kept, ...added].map((node, index) => [index, node]) };
}

/** The index of the entry of this one's name; -1 when there is none. */
export function indexOfSame(entry: unknown, list: readonly unknown[], identity: readonly string[]): number {
  const names = findNames(entry, identity);
  if (names === undefined) return -1;
  return list.findIndex((other) => JSON.stringify(findNames(other, identity)) === JSON.stringify(names));
}

/** The merged document, of the two that its tree was made from, whatever their keywords are filled with. */
export function assemble(node: MergedNode, base: unknown, overlay: unknown): unknown {
  if (node.from !== "both") return valueAt(node.from === "base" ? base : overlay, node.path);
  const entries = node.entries.map(([key, child]) => [key, assemble(child, base, overlay)] as const);
  return node.isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
