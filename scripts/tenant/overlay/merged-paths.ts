import { isDeepStrictEqual } from "node:util";
import type { Path } from "../shape.ts";
import type { MergedNode } from "./merge-values.ts";

export type Side = "base" | "overlay";

/** Where the merged document has what stands at a path of one of the files; undefined when it does not. */
export function findMergedPath(node: MergedNode, side: Side, path: Path, at: Path = []): Path | undefined {
  const own = node.from === "both" ? node[side] : node.path;
  const isBelow = isDeepStrictEqual(path.slice(0, own.length), own);
  if (!isBelow || (node.from !== "both" && node.from !== side)) return undefined;
  if (node.from !== "both" || path.length === own.length) return [...at, ...path.slice(own.length)];
  for (const [key, child] of node.entries) {
    const found = findMergedPath(child, side, path, [...at, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the value at a path of the merged document was written; of what both files have it is the base. */
export function resolveOrigin(node: MergedNode, path: Path): { readonly from: Side; readonly path: Path } {
  if (node.from !== "both") return { from: node.from, path: [...node.path, ...path] };
  const [key, ...rest] = path;
  const child = node.entries.find(([name]) => String(name) === String(key))?.[1];
  return child === undefined ? { from: "base", path: [...node.base, ...path] } : resolveOrigin(child, rest);
}
