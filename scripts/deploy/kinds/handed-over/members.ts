import { isMapping } from "../../../tenant/shape.ts";
import type { Fields } from "../live-record.ts";
import type { HandedOverSpec } from "./spec.ts";

/**
 * Lists of an entry whose members are records of their own at Auth0, each deleted by a request: the Deploy CLI deletes what
 * such a list does not have, of some lists whatever it was told of deleting.
 */
export interface MemberList {
  readonly at: string;
  /** The member by which they are told apart. */
  readonly key: string;
  /** As `--allow-delete` calls one. */
  readonly label: string;
  /** The scope of its own that a deletion of one needs. */
  readonly deletion: string;
}

export interface Loss {
  /** `city-library → connection partner-library` */
  readonly name: string;
}

/** Stands between an entry and its member in a name. */
export const ARROW = " → ";

/** The list whose member has this name; undefined for the name of an entry. */
export function findMemberList({ memberLists = [] }: HandedOverSpec, name: string): MemberList | undefined {
  const [, rest] = name.split(ARROW);
  return memberLists.find(({ label }) => rest?.startsWith(`${label} `));
}

/** Members that the tenant has and the lists of tenant.yaml do not. A list that tenant.yaml does not have is not managed. */
export function listLosses(
  { memberLists = [] }: HandedOverSpec,
  { name, entry }: { readonly name: string; readonly entry: Fields },
  live: Fields,
): readonly Loss[] {
  return memberLists
    .filter(({ at }) => Array.isArray(entry[at]))
    .flatMap(({ at, key, label }) =>
      listLost(entry[at], live[at], key).map((member) => ({ name: `${name}${ARROW}${label} ${String(member[key])}` })),
    );
}

/** The entry with the members that only the tenant has: they are taken away one by one, if at all. */
export function withLost({ memberLists = [] }: HandedOverSpec, entry: Fields, live: Fields): Fields {
  const lists = memberLists.filter(({ at }) => Array.isArray(entry[at]));
  const whole = lists.map(
    ({ at, key }) => [at, [...rowsOf(entry[at]), ...listLost(entry[at], live[at], key)]] as const,
  );
  return { ...entry, ...Object.fromEntries(whole) };
}

/** The live entry with the members that the entry has, in its order. */
export function withoutLost({ memberLists = [] }: HandedOverSpec, live: Fields, entry: Fields): Fields {
  const lists = memberLists.filter(({ at }) => Array.isArray(entry[at]) && Array.isArray(live[at]));
  const kept = lists.map(({ at, key }) => {
    const present = rowsOf(live[at]);
    const named = rowsOf(entry[at]).map((member) => present.find((other) => other[key] === member[key]));
    return [at, named.filter((member) => member !== undefined)] as const;
  });
  return { ...live, ...Object.fromEntries(kept) };
}

function listLost(wanted: unknown, live: unknown, key: string): readonly Fields[] {
  const names = new Set(rowsOf(wanted).map((member) => member[key]));
  return rowsOf(live).filter((member) => !names.has(member[key]));
}

const rowsOf = (list: unknown): readonly Fields[] => (Array.isArray(list) ? list.filter(isMapping) : []);
