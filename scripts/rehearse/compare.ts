/** Pure. What is missing and what is too much, regardless of order. */
export function compareSets(
  what: string,
  found: readonly string[],
  wanted: readonly string[] | undefined,
): readonly string[] {
  // What tenant.yaml does not say is the tenant's to choose.
  if (wanted === undefined) return [];
  const missing = wanted.filter((item) => !found.includes(item));
  const surplus = found.filter((item) => !wanted.includes(item));
  return [
    ...(missing.length > 0 ? [`${what} without ${missing.join(", ")}`] : []),
    ...(surplus.length > 0 ? [`${what} with ${surplus.join(", ")}, which does not belong there`] : []),
  ];
}
