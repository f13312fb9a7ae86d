import { findPaths } from "../../../tenant/find-paths.ts";
import { replaceAt, valueAt } from "../../../tenant/paths.ts";
import type { TenantReader } from "../kind.ts";
import type { Fields, LiveItem } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";
import type { HandedOverSpec } from "./spec.ts";

/** Kinds that are read through the Management API. The Deploy CLI, which is not asked for them, leaves their ids in its export. */
const READ_HERE = ["client", "action", "database"] as const;

/** Names by id of what entries of this kind may refer to. */
export async function readReferredNames(
  { refersTo = [] }: HandedOverSpec,
  reader: TenantReader,
): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(listTypes(refersTo).map((type) => reader.read(type)));
  return nameById(lists);
}

/** The same of a tenant that was read. */
export function listReferredNames({ refersTo = [] }: HandedOverSpec, tenant: LiveTenant): ReadonlyMap<string, string> {
  return nameById(listTypes(refersTo).map((type) => tenant[type]));
}

const listTypes = (refersTo: NonNullable<HandedOverSpec["refersTo"]>) =>
  READ_HERE.filter((type) => refersTo.some((reference) => reference.types.includes(type)));

const nameById = (lists: readonly (readonly LiveItem[])[]): ReadonlyMap<string, string> =>
  new Map(lists.flatMap((items) => items.map(({ id, name }) => [id, name] as const)));

/** The entry with names in the place of ids. */
export function nameReferences(
  { refersTo = [] }: HandedOverSpec,
  entry: Fields,
  names: ReadonlyMap<string, string>,
): Fields {
  return refersTo
    .flatMap(({ at }) => findPaths(entry, at))
    .reduce<Fields>((named, path) => {
      const name = names.get(String(valueAt(named, path)));
      return name === undefined ? named : (replaceAt(named, path, name) as Fields);
    }, entry);
}
