import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";

/**
 * Pure. What is not as it was: of everything that `before` has, each thing that logins or operators would find changed. What
 * only `after` has is not listed.
 */
export function listDifferences(before: LiveTenant, after: LiveTenant): readonly string[] {
  return KINDS.flatMap((kind) =>
    before[kind.type].flatMap((item) => {
      const present = after[kind.type].find(({ id }) => id === item.id);
      return present === undefined ? [`${kind.type} ${item.name} (gone)`] : kind.listDifferences(item, present);
    }),
  );
}

/** Pure. What is there and was not before. */
export function listCreated(before: LiveTenant, after: LiveTenant): readonly string[] {
  return KINDS.flatMap(({ type }) => {
    const known = new Set(before[type].map(({ id }) => id));
    return after[type]
      .filter(({ id, isSystem }) => isSystem !== true && !known.has(id))
      .map(({ name }) => `${type} ${name}`);
  });
}
