import { mergeEntry, withDigests } from "../kinds/handed-over/entries.ts";
import { findSpec } from "../kinds/handed-over/specs.ts";
import type { Kind } from "../kinds/kind.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import type { WriteContext } from "../write/context.ts";
import { selectOf } from "./select-of.ts";

/** A part of tenant.yaml, in its form, with keywords filled. */
export type Sections = Readonly<Record<string, unknown>>;

type Sides = Pick<WriteContext, "desired" | "tenant">;

/**
 * What does not exist in the tenant yet and the Deploy CLI is to create: of the kinds that do not do so themselves. Undefined
 * when there is none.
 */
export function selectCreated(changes: readonly Change[], sides: Sides): Sections | undefined {
  const created = changes.filter(({ operation }) => operation === "create");
  const kinds = KINDS.filter((kind) => kind.create === undefined);
  return toSections(kinds, (kind) => selectEntries(kind, created, sides));
}

/** What differs of the kinds that the Deploy CLI writes, complete with what only the tenant has in it. */
export function selectUpdated(changes: readonly Change[], sides: Sides): Sections | undefined {
  const updates = changes.filter(({ operation }) => operation === "update");
  const kinds = KINDS.filter(({ isHandedOver }) => isHandedOver);
  return toSections(kinds, (kind) => selectEntries(kind, updates, sides));
}

function selectEntries(kind: Kind, changes: readonly Change[], { desired, tenant }: Sides): readonly unknown[] {
  const names = new Set(selectOf(kind, changes).map(({ name }) => name));
  const spec = findSpec(kind.type);
  const wanted = kind.listWanted(desired, tenant).filter(({ name }) => names.has(name));
  if (spec === undefined) return wanted.map(({ entry }) => entry);
  return wanted.map(({ name, entry }) => {
    const live = tenant[kind.type].find((item) => item.name === name);
    if (live === undefined || !("fields" in live)) return withDigests(spec, { name, entry }, {}, desired);
    return withDigests(spec, { name, entry: mergeEntry(spec, entry, live.fields) }, live.fields, desired);
  });
}

function toSections(kinds: readonly Kind[], select: (kind: Kind) => readonly unknown[]): Sections | undefined {
  const sections = kinds.flatMap((kind) => {
    const entries = select(kind);
    if (entries.length === 0) return [];
    return [[kind.section, kind.isOneObject ? entries[0] : entries] as const];
  });
  return sections.length === 0 ? undefined : Object.fromEntries(sections);
}
