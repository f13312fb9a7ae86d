import type { Path } from "../../tenant/shape.ts";
import type { Kind, Wanted } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { placeOf, refuseEntry, tryAll, tryEach } from "../kinds/refuse-entry.ts";
import { KINDS } from "../kinds/table.ts";
import type { Desired } from "./desired.ts";

/**
 * What each entry of tenant.yaml is called in the tenant must be clear before anything is compared.
 *
 * @throws {CommandError} ENTRY_TWICE or ID_UNKNOWN, naming every place
 */
export function checkEntries(desired: Desired, live: LiveTenant): void {
  tryEach(KINDS, (kind) => {
    const wanted = kind.listWanted(desired, live);
    tryAll(
      () => checkOnce(desired, kind, wanted),
      () => checkOthers(desired, live, kind, wanted),
      () => checkIds(desired, live, kind, wanted),
    );
  });
}

/** A second entry would be written over the first, or beside it where Auth0 takes two of one name. */
function checkOnce(desired: Desired, { type, foldsCase, listParts }: Kind, wanted: readonly Wanted[]): void {
  const places = new Map<string, readonly Path[]>();
  for (const { name, path } of [...wanted, ...wanted.flatMap((entry) => listParts?.(entry) ?? [])]) {
    const key = foldsCase ? name.toLowerCase() : name;
    places.set(key, [...(places.get(key) ?? []), path]);
  }
  tryEach([...places], ([name, [first, ...others]]) => {
    if (first === undefined || others.length === 0) return;
    const again = others.map((path) => placeOf(desired, path)).join(", ");
    throw refuseEntry(desired, first, "ENTRY_TWICE", `${type} ${name} stands in ${again} as well. Keep one of them.`);
  });
}

/** Of tenant.yaml or of the tenant. */
function checkOthers(
  desired: Desired,
  live: LiveTenant,
  { type, sharesNamesWith: other }: Kind,
  wanted: readonly Wanted[],
): void {
  if (other === undefined) return;
  const others = KINDS.find((kind) => kind.type === other)?.listWanted(desired, live) ?? [];
  const taken = new Set([...others, ...live[other]].map(({ name }) => name));
  tryEach(wanted, ({ name, path }) => {
    if (!taken.has(name)) return;
    throw refuseEntry(
      desired,
      path,
      "ENTRY_TWICE",
      `a ${other} is called "${name}", too, and Auth0 takes no ${type} of that name beside it. Give it another name.`,
    );
  });
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
  tryEach(wanted, ({ name, entry, path }) => {
    const id = entry[idField];
    if (id === undefined || live[type].some((item) => item.name === name && item.id === id)) return;
    throw refuseEntry(
      desired,
      [...path, idField],
      "ID_UNKNOWN",
      `${type} "${name}" does not have the id ${String(id)} in ${live.domain}. Take it out; what is there already is found by its name.`,
    );
  });
}
