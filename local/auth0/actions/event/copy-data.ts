/**
 * A deep copy of what came over a wire: plain objects, lists and maps, several times as quick as `structuredClone`, which takes the
 * rest. Two places that held the same object hold two.
 *
 * @throws {DOMException} `DataCloneError` for a function
 */
export function copyData<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    for (const [key, member] of value) map.set(key, copy(member));
    return map;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  // Its members are replaced in place: a spread keeps the shape, which is what the engine is quick with.
  const object: Record<string, unknown> = { ...value };
  for (const key of Object.keys(object)) object[key] = copy(object[key]);
  return object;
}
