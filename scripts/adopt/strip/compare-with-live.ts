import type { LiveItem } from "../../deploy/kinds/live-record.ts";
import { findPaths } from "../../tenant/find-paths.ts";
import { isAnsweredOnly } from "../../tenant/outdated/find-outdated.ts";
import { valueAt } from "../../tenant/paths.ts";
import { findFieldProblems } from "../../tenant/schema/find-field-problems.ts";
import { isMapping, type Path, renderPath } from "../../tenant/shape.ts";
import { setAt } from "../cut.ts";
import { type Entry, pathIn, toDocument } from "../entry.ts";

type Fields = Readonly<Record<string, unknown>>;

/** An entry with a placeholder wherever the tenant answers a secret that an export leaves out. */
export function withPlaceholders(entry: Entry, live: LiveItem | undefined): Entry {
  const paths = (entry.kind.secrets ?? []).flatMap((pattern) => findPaths(fieldsOf(live), pattern));
  const missing = paths.filter((path) => valueAt(entry.value, path) === undefined);
  return { ...entry, value: missing.reduce((value, path) => setAt(value, path, ""), entry.value) };
}

/**
 * Members that the tenant has and its export does not, although a tenant file may have them: of two ways to say the same the Deploy
 * CLI exports the newer alone, and of some settings those only that it writes.
 */
export function listDropped(entry: Entry, live: LiveItem | undefined): readonly Path[] {
  const { value } = entry;
  const fields = fieldsOf(live);
  if (!isMapping(value)) return [];
  return listMissing(fields, value, []).filter((path) => {
    if (isAnsweredOnly(entry.kind.section, String(path[0]))) return false;
    const complete = { ...entry, value: setAt(value, path, valueAt(fields, path)) };
    const place = renderPath(pathIn(entry, path));
    return findFieldProblems(toDocument(complete)).every((problem) => !renderPath(problem.path).startsWith(place));
  });
}

function listMissing(live: Fields, value: Fields, path: Path): readonly Path[] {
  return Object.entries(live).flatMap(([key, member]) => {
    const present = value[key];
    if (isEmpty(member) || Object.hasOwn(value, `${key}_in_minutes`)) return [];
    if (present === undefined) return [[...path, key]];
    return isMapping(member) && isMapping(present) ? listMissing(member, present, [...path, key]) : [];
  });
}

/** Auth0 leaves out what is empty, so that its absence says the same. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const fieldsOf = (live: LiveItem | undefined): Fields =>
  live !== undefined && "fields" in live && isMapping(live.fields) ? live.fields : {};
