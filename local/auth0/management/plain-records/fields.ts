/** Members of a record, as the API shows them. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The record without these members; `.` stands between levels. */
export function withoutPaths(record: Fields, paths: readonly string[]): Fields {
  return paths.reduce(withoutPath, record);
}

function withoutPath(record: Fields, path: string): Fields {
  const [name = "", ...rest] = path.split(".");
  const value = record[name];
  const { [name]: _left, ...others } = record;
  if (value === undefined || rest.length === 0) return others;
  return isFields(value) ? { ...record, [name]: withoutPath(value, rest.join(".")) } : record;
}

/** The record with asterisks in the place of these members, where it has them. */
export function withMasked(record: Fields, paths: readonly string[]): Fields {
  return paths.reduce(withMaskedPath, record);
}

function withMaskedPath(record: Fields, path: string): Fields {
  const [name = "", ...rest] = path.split(".");
  const value = record[name];
  if (value === undefined) return record;
  return { ...record, [name]: isFields(value) ? withMaskedPath(value, rest.join(".")) : "********" };
}

/** `current` with what `change` names, at every level; null takes a member away. Lists are replaced whole. */
export function mergeDeep(current: Fields, change: Fields): Fields {
  const merged: Record<string, unknown> = { ...current };
  for (const [name, value] of Object.entries(change)) {
    const before = merged[name];
    if (value === null) delete merged[name];
    else merged[name] = isFields(value) && isFields(before) ? mergeDeep(before, value) : value;
  }
  return merged;
}
