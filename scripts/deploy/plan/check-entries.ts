import { usageError } from "../../command.ts";
import type { Kind, Wanted } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { placeOf } from "../kinds/refuse-entry.ts";
import { KINDS } from "../kinds/table.ts";
import type { Desired } from "./desired.ts";

/**
 * What each entry of tenant.yaml is called in the tenant must be clear before anything is compared.
 *
 * @throws {CommandError} ENTRY_TWICE or ID_UNKNOWN, naming every place
 */
export function checkEntries(desired: Desired, live: LiveTenant): void {
  for (const kind of KINDS) {
    const wanted = kind.listWanted(desired, live);
    checkOnce(desired, kind, wanted);
    checkIds(desired, live, kind, wanted);
  }
}

/** A second entry would be written over the first, or beside it where Auth0 takes two of one name. */
function checkOnce(desired: Desired, { type, foldsCase, listParts }: Kind, wanted: readonly Wanted[]): void {
  const places = new Map<string, readonly string[]>();
  for (const { name, path } of [...wanted, ...wanted.flatMap((entry) => listParts?.(entry) ?? [])]) {
    const key = foldsCase ? name.toLowerCase() : name;
    places.set(key, [...(places.get(key) ?? []), placeOf(desired, path)]);
  }
  const twice = [...places].filter(([, found]) => found.length > 1);
  if (twice.length === 0) return;
  const rows = twice.map(([name, found]) => `  ${type} ${name}: ${found.join(", ")}`);
  throw usageError(
    "ENTRY_TWICE",
    `tenant.yaml has one thing more than once:\n${rows.join("\n")}\nKeep one entry of each.`,
  );
}

/**
 * Auth0 gives ids, and gives each once: an id in tenant.yaml is good for one tenant, and for the thing of that name in it. The
 * Deploy CLI would look for the id, and write over whatever it finds.
 */
function checkIds(
  desired: Desired,
  live: LiveTenant,
  { type, idField = "id" }: (typeof KINDS)[number],
  wanted: readonly Wanted[],
): void {
  const rows = wanted.flatMap(({ name, entry, path }) => {
    const id = entry[idField];
    if (id === undefined || live[type].some((item) => item.name === name && item.id === id)) return [];
    return [`  ${placeOf(desired, [...path, idField])}: ${type} "${name}" has the id ${String(id)}`];
  });
  if (rows.length === 0) return;
  throw usageError(
    "ID_UNKNOWN",
    `Nothing was sent: these ids of tenant.yaml are not those of ${live.domain}:\n${rows.join("\n")}\nTake them out; what is there already is found by its name.`,
  );
}
