import { isMapping } from "../../tenant/shape.ts";
import type { Fields } from "../kinds/live-record.ts";
import type { FieldChange } from "./compare-fields.ts";

/** Fields whose members Auth0 merges with those that it has: a tenant's `flags`. */
export type MergedFields = readonly string[];

/**
 * The PATCH body for these changes. Auth0 replaces whole top-level fields (a connection's `options` with all in it), so
 * each goes out complete: what tenant.yaml says over what the tenant has. Of fields that it merges only what differs goes out: it
 * does not take back all that it answers.
 */
export function buildPatch(
  changes: readonly FieldChange[],
  desired: Fields,
  live: Fields,
  mergedFields: MergedFields = [],
): Record<string, unknown> {
  const names = new Set(changes.map(({ path }) => firstName(path)));
  return Object.fromEntries(
    [...names].map((name) => {
      const [wanted, present] = [desired[name], live[name]];
      if (!mergedFields.includes(name) || !isMapping(wanted) || !isMapping(present))
        return [name, merge(wanted, present)];
      const inside = changes.flatMap(({ path, ...change }) =>
        path.startsWith(`${name}.`) ? [{ ...change, path: path.slice(name.length + 1) }] : [],
      );
      return [name, buildPatch(inside, wanted, present)];
    }),
  );
}

/** What a record has of the fields that a patch writes; undefined for those that are not there. */
export function pickWritten(patch: Fields, record: Fields, mergedFields: MergedFields = []): Fields {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => {
      const present = record[name];
      const isMerged = mergedFields.includes(name) && isMapping(value) && isMapping(present);
      return [name, isMerged ? pickWritten(value, present) : present];
    }),
  );
}

const firstName = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

/** What `desired` names over what `live` has, at every level of mappings; lists are those of `desired`. */
export function merge(desired: unknown, live: unknown): unknown {
  if (!isMapping(desired) || !isMapping(live)) return desired;
  const merged: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(desired)) merged[key] = merge(value, live[key]);
  return merged;
}

/** A record without these fields. */
export function omit(record: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
