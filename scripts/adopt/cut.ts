import { valueAt, without } from "../tenant/paths.ts";
import { isMapping, type Path } from "../tenant/shape.ts";

/**
 * A copy without the value at a path, and without the mappings that have nothing else in them. A list goes as a whole: one without an
 * entry would be another list.
 */
export function cutAt(value: unknown, path: Path): unknown {
  const target = toWhole(path);
  if (target.length === 0) return undefined;
  const rest = without(value, target);
  const parent = target.slice(0, -1);
  const left = valueAt(rest, parent);
  return isMapping(left) && Object.keys(left).length === 0 ? cutAt(rest, parent) : rest;
}

/** The path to the outermost list that a value is in, or to the value itself. */
export function toWhole(path: Path): Path {
  const index = path.findIndex((key) => typeof key === "number");
  return index === -1 ? path : path.slice(0, index);
}

/** Every value that is not a list or a mapping, with its path. */
export function listLeaves(value: unknown, path: Path = []): readonly { path: Path; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => listLeaves(entry, [...path, index]));
  if (isMapping(value)) return Object.entries(value).flatMap(([key, entry]) => listLeaves(entry, [...path, key]));
  return [{ path, value }];
}

/** A copy with a value at a path, whose mappings and lists are made where there are none. */
export function setAt(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list: unknown[] = Array.isArray(root) ? [...root] : [];
    list[key] = setAt(list[key], rest, value);
    return list;
  }
  const members = isMapping(root) ? root : {};
  return { ...members, [key]: setAt(members[key], rest, value) };
}
