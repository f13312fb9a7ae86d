import { isMapping } from "../../tenant/shape.ts";
import type { Fields } from "../kinds/live-record.ts";
import type { FieldChange } from "./compare-fields.ts";

/**
 * The PATCH body for these changes. Auth0 replaces whole top-level fields (a connection's `options` with all in it), so
 * each goes out complete: what tenant.yaml says over what the tenant has.
 */
export function buildPatch(changes: readonly FieldChange[], desired: Fields, live: Fields): Record<string, unknown> {
  const names = new Set(changes.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path));
  return Object.fromEntries([...names].map((name) => [name, merge(desired[name], live[name])]));
}

function merge(desired: unknown, live: unknown): unknown {
  if (!isMapping(desired) || !isMapping(live)) return desired;
  const merged: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(desired)) merged[key] = merge(value, live[key]);
  return merged;
}

/** A record without these fields. */
export function omit(record: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
