/** In a PATCH, null takes a field away: the fields without those that are null, as a new object. */
export function withoutNulls<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T;
}

/** `current` with the keys of `change` replaced, or taken away by null. */
export function mergeKeys(current: unknown, change: object): Record<string, unknown> {
  return withoutNulls({ ...(current as object | undefined), ...change });
}
