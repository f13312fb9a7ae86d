import { isDeepStrictEqual } from "node:util";
import { isMapping } from "../../tenant/shape.ts";
import type { Fields } from "../kinds/live-record.ts";

/** One field that a deploy would change. `undefined` stands for "not there". */
export interface FieldChange {
  /** `refresh_token.leeway`, `scopes[get:users].description` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Auth0 never returns it: nobody can say whether it differs, so it is written whenever tenant.yaml has it. */
  readonly isWriteOnly?: true;
}

/**
 * What differs between the fields that tenant.yaml names and the live record. Fields that only the tenant has are its
 * defaults or somebody's work by hand, and are left alone.
 *
 * Lists of texts are compared as sets (Auth0 keeps no order in callbacks, grant types or scopes), lists of records by
 * their `value` or `name`.
 */
export function compareFields(desired: Fields, live: Fields, prefix = ""): readonly FieldChange[] {
  return Object.entries(desired).flatMap(([key, after]) => compareValue(`${prefix}${key}`, after, live[key]));
}

/** Where two states of a record differ, whichever of them has a field. */
export function listChangedPaths(one: Fields, other: Fields): readonly string[] {
  return [...new Set([...compareFields(one, other), ...compareFields(other, one)].map(({ path }) => path))];
}

function compareValue(path: string, after: unknown, before: unknown): readonly FieldChange[] {
  if (isMapping(after) && isMapping(before)) return compareFields(after, before, `${path}.`);
  if (Array.isArray(after) && Array.isArray(before)) return compareLists(path, after, before);
  if (isSame(after, before)) return [];
  return [{ path, before, after }];
}

/**
 * Texts whose order says something: the first language is that of people who asked for none (Auth0 docs, "Universal Login
 * Internationalization"), and attributes are tried in their order (auth0 7.1, `precedence`).
 */
const IN_ORDER = /^(enabled_locales|options\.precedence)$/;

function compareLists(path: string, after: readonly unknown[], before: readonly unknown[]): readonly FieldChange[] {
  if (IN_ORDER.test(path)) return isEachAs(after, before) ? [] : [{ path, before, after }];
  const key = keyOf([...after, ...before]);
  if (key === undefined) {
    const isSet = [...after, ...before].every((entry) => typeof entry !== "object");
    const isEqual = isSet ? isDeepStrictEqual(new Set(after), new Set(before)) : isEachAs(after, before);
    return isEqual ? [] : [{ path, before, after }];
  }
  const rows = (list: readonly unknown[]) =>
    new Map(list.filter(isMapping).map((entry) => [String(entry[key]), entry] as const));
  const [wanted, present] = [rows(after), rows(before)];
  return [...new Set([...wanted.keys(), ...present.keys()])].flatMap((id) => {
    const place = `${path}[${id}]`;
    const [to, from] = [wanted.get(id), present.get(id)];
    return to !== undefined && from !== undefined
      ? compareFields(to, from, `${place}.`)
      : [{ path: place, before: from, after: to }];
  });
}

/** In this order, and of each entry what tenant.yaml names: Auth0 adds members of its own in lists, too. */
function isEachAs(after: readonly unknown[], before: readonly unknown[]): boolean {
  return (
    after.length === before.length && after.every((entry, index) => compareValue("", entry, before[index]).length === 0)
  );
}

/** The member by which the records of a list are told apart, if all of them have it. */
function keyOf(entries: readonly unknown[]): "value" | "name" | undefined {
  if (entries.length === 0) return undefined;
  return (["value", "name"] as const).find((key) =>
    entries.every((entry) => isMapping(entry) && typeof entry[key] === "string"),
  );
}

/** Auth0 leaves out what is empty: a missing field equals false, null, and an empty list, text or mapping. */
function isSame(after: unknown, before: unknown): boolean {
  return isDeepStrictEqual(after, before) || (isEmpty(after) && isEmpty(before));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMapping(value) && Object.keys(value).length === 0;
}
