import { isWholeMarker } from "../../tenant/markers.ts";
import { findIdentity, findNames } from "../../tenant/overlay/identities.ts";
import { LEAVE_OUT } from "../../tenant/overlay/leave-out.ts";
import { isMapping, type Path } from "../../tenant/shape.ts";
import { isSame } from "../check/is-same.ts";

/** One value of tenant.yaml. */
export interface BaseValue {
  /** With its keywords and names of files as they stand there. */
  readonly written: unknown;
  /** With what these stand for, as far as it is known. */
  readonly filled: unknown;
}

/**
 * "members" says what tenant.yaml says, and secrets that have a value there are taken to be right; "all" adds what the tenant alone
 * has within these values, and leaves out secrets.
 */
export type Thoroughness = "members" | "all";

/**
 * What an overlay has to say in the place of a value of tenant.yaml, so that merged with it (merge-values.ts) it is `wanted`;
 * undefined when it has to say nothing. A keyword in `wanted` is a secret that nobody can read.
 *
 * @param path as an overlay has it
 */
export function planOverlayValue(
  base: BaseValue,
  wanted: unknown,
  path: Path,
  thoroughness: Thoroughness = "members",
): unknown {
  const { written, filled } = base;
  if (isWholeMarker(wanted)) return findSecret(base, wanted, thoroughness);
  if (wanted === undefined) return { [LEAVE_OUT]: true };
  if (isMapping(written) && isMapping(filled) && isMapping(wanted)) {
    return findMembers({ written, filled }, wanted, path, thoroughness);
  }
  const identity = findIdentity(path);
  if (identity !== undefined && Array.isArray(written) && Array.isArray(filled) && Array.isArray(wanted)) {
    // An empty list takes the place of the whole.
    if (wanted.length > 0) return findEntries({ written, filled }, wanted, identity, path, thoroughness);
  }
  return isSame(filled, wanted) ? undefined : wanted;
}

function findSecret({ written, filled }: BaseValue, keyword: unknown, thoroughness: Thoroughness): unknown {
  if (written === undefined) return thoroughness === "all" ? keyword : undefined;
  const isKnown = filled !== undefined && !isWholeMarker(filled);
  return isKnown && thoroughness === "members" ? undefined : { [LEAVE_OUT]: true };
}

interface Of<T> {
  readonly written: T;
  readonly filled: T;
}

type Fields = Readonly<Record<string, unknown>>;

function findMembers({ written, filled }: Of<Fields>, wanted: Fields, path: Path, thoroughness: Thoroughness): unknown {
  const more = thoroughness === "all" ? Object.keys(wanted).filter((key) => !Object.hasOwn(written, key)) : [];
  const members = [...Object.keys(written), ...more].flatMap((key) => {
    const value = planOverlayValue(
      { written: written[key], filled: filled[key] },
      wanted[key],
      [...path, key],
      thoroughness,
    );
    return value === undefined ? [] : [[key, value] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function findEntries(
  { written, filled }: Of<readonly unknown[]>,
  wanted: readonly unknown[],
  identity: readonly string[],
  path: Path,
  thoroughness: Thoroughness,
): unknown {
  const named = (entry: unknown): string => JSON.stringify(findNames(entry, identity));
  const changed = written.flatMap((entry, index) => {
    const same = wanted.find((other) => named(other) === named(filled[index]));
    const value =
      same === undefined
        ? { [LEAVE_OUT]: true }
        : planOverlayValue({ written: entry, filled: filled[index] }, same, [...path, index], thoroughness);
    return isMapping(value) ? [{ ...pickNames(entry, identity), ...value }] : [];
  });
  const names = filled.map(named);
  const entries = [...changed, ...wanted.filter((entry) => !names.includes(named(entry)))];
  return entries.length === 0 ? undefined : entries;
}

/** What an overlay's entry is found by. */
export function pickNames(entry: unknown, identity: readonly string[]): Fields {
  return isMapping(entry) ? Object.fromEntries(Object.entries(entry).filter(([key]) => identity.includes(key))) : {};
}
