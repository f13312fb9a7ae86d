/** What two runs of the same have in common; `varies` stands for what depends on more than the event: a time, a token. */
export function keepCommon(one: unknown, other: unknown, varies: string): unknown {
  if (typeof one !== "object" || one === null) return Object.is(one, other) ? one : varies;
  if (typeof other !== "object" || other === null) return varies;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return varies;
    return one.map((member, index) => keepCommon(member, other[index], varies));
  }
  const members = Object.entries(one).map(([key, member]) => [
    key,
    keepCommon(member, Reflect.get(other, key), varies),
  ]);
  return Object.fromEntries(members);
}
