import { isMapping, type Path } from "./shape.ts";

/** The value at a path; undefined when there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}

/** A copy that lacks the value at a path, and shares everything beside the path. */
export function without(root: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return root;
  if (Array.isArray(root)) {
    return rest.length === 0
      ? root.filter((_, index) => index !== key)
      : root.map((entry, index) => (index === key ? without(entry, rest) : entry));
  }
  if (!isMapping(root)) return root;
  return Object.fromEntries(
    Object.entries(root).flatMap(([name, value]) => {
      if (name !== key) return [[name, value]];
      return rest.length === 0 ? [] : [[name, without(value, rest)]];
    }),
  );
}

/** A copy that has another value at a path that is there, and shares everything beside the path. */
export function replaceAt(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) return root.map((entry, index) => (index === key ? replaceAt(entry, rest, value) : entry));
  if (!isMapping(root)) return root;
  return Object.fromEntries(
    Object.entries(root).map(([name, entry]) => [name, name === key ? replaceAt(entry, rest, value) : entry]),
  );
}
