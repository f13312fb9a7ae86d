import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Scalar,
} from "yaml";
import type { Path } from "./shape.ts";

/** More values than any tenant has: an anchor that holds anchors that hold anchors has billions. */
const MAX_VALUES = 1_000_000;

export type TreeProblem = { readonly offset: number; readonly message: string };

/**
 * How many values the document has once every alias stands for what it names, or what is wrong with its aliases. Walking it is
 * out of the question before this is known.
 */
export function findAliasProblem(document: Document): TreeProblem | undefined {
  const anchored = new Map<string, Node>();
  const weights = new Map<unknown, number>();
  const open = new Set<unknown>();
  let problem: TreeProblem | undefined;

  const weighAlias = (alias: Alias): number => {
    const target = anchored.get(alias.source);
    if (target === undefined) {
      problem ??= { offset: offsetOf(alias), message: `*${alias.source} names an anchor that does not stand above it` };
      return 1;
    }
    if (open.has(target)) {
      problem ??= { offset: offsetOf(alias), message: `*${alias.source} stands inside the very value that it names` };
      return 1;
    }
    return weights.get(target) ?? 1;
  };
  const weigh = (node: unknown): number => {
    if (isPair(node)) return weigh(node.key) + weigh(node.value);
    if (!isNode(node)) return 0;
    if (isAlias(node)) return weighAlias(node);
    if (node.anchor !== undefined) anchored.set(node.anchor, node);
    open.add(node);
    const weight = isCollection(node) ? node.items.reduce((sum: number, item) => sum + weigh(item), 1) : 1;
    open.delete(node);
    weights.set(node, weight);
    if (weight > MAX_VALUES) {
      problem ??= { offset: offsetOf(node), message: `its aliases stand for more than ${MAX_VALUES} values` };
    }
    return weight;
  };
  weigh(document.contents);
  return problem;
}

export interface PlacedScalar {
  readonly scalar: Scalar;
  readonly path: Path;
  readonly isKey: boolean;
}

/** Every scalar that is written in the document, once, where it is written: keys too. */
export function listScalars(document: Document): readonly PlacedScalar[] {
  return collect(document.contents, []);
}

function collect(node: unknown, path: Path): readonly PlacedScalar[] {
  if (isScalar(node)) return [{ scalar: node, path, isKey: false }];
  if (!isCollection(node)) return [];
  return node.items.flatMap((item, index) => {
    if (!isPair(item)) return collect(item, [...path, index]);
    const at = [...path, nameOf(item.key)];
    const key = isScalar(item.key) ? [{ scalar: item.key, path: at, isKey: true }] : collect(item.key, at);
    return [...key, ...collect(item.value, at)];
  });
}

/** Where something stands in the file: the value at a path, or the key that it stands behind. */
export type Part = "value" | "key";

/** Where the value at a path, or its key, stands; its deepest ancestor in the file when the path itself is not there. */
export function locateOffset(root: unknown, path: Path, part: Part): number {
  let node = root;
  let offset = offsetOf(root);
  for (const [index, key] of path.entries()) {
    // What an alias stands for is written elsewhere; the alias is where a reader looks.
    if (isAlias(node) || !isCollection(node)) break;
    const child = isMap(node) ? node.items.find((pair) => nameOf(pair.key) === String(key)) : node.items[Number(key)];
    if (child === undefined) break;
    node = isPair(child) ? child.value : child;
    const isLast = index === path.length - 1;
    // A key with nothing behind it has no value to point at.
    const shown = isPair(child) && ((isLast && part === "key") || !hasRange(node)) ? child.key : node;
    if (!hasRange(shown)) break;
    offset = offsetOf(shown);
  }
  return offset;
}

const hasRange = (node: unknown): boolean => isNode(node) && node.range !== null && node.range !== undefined;

/** As the key is called in a path. */
export const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

export const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
