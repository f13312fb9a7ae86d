import { findProblems } from "../../tenant/document.ts";
import { fillFile } from "../../tenant/files/fill-file.ts";
import type { FindKeywordValue } from "../../tenant/keyword-values.ts";
import { findMarkers, isWholeMarker } from "../../tenant/markers.ts";
import { valueAt } from "../../tenant/paths.ts";
import { findFieldProblems } from "../../tenant/schema/find-field-problems.ts";
import { type Path, type Problem, renderPath } from "../../tenant/shape.ts";
import { cutAt, listLeaves, toWhole } from "../cut.ts";
import { type Entry, pathIn, toDocument } from "../entry.ts";
import { listContents } from "../render/contents.ts";

export interface Omission {
  readonly path: Path;
  readonly reason: string;
}

export interface Omitting {
  /** Undefined when nothing is left. */
  readonly value: unknown;
  readonly omitted: readonly Omission[];
}

/** What a deploy neither compares nor writes. */
export function omitUnmanaged({ kind, value }: Entry): Omitting {
  if (kind.type !== "action" || valueAt(value, ["modules"]) === undefined) return { value, omitted: [] };
  return omit(value, [
    { path: ["modules"], reason: "a deploy does not change which modules an Action has: they stay" },
  ]);
}

/**
 * Texts that would be read as something else: as a keyword. There is no way to write one otherwise in the Deploy CLI's format.
 *
 * @param find a file's keywords are filled where they have a value
 */
export function omitMarkers(entry: Entry, find: FindKeywordValue): Omitting {
  const document = toDocument(entry);
  const contents = new Map(listContents(document).map(({ path, text }) => [renderPath(path), text] as const));
  const found = listLeaves(entry.value).flatMap(({ path, value }): readonly Omission[] => {
    if (typeof value !== "string") return [];
    const isFile = contents.has(renderPath(pathIn(entry, path)));
    const marker = isFile ? findFilled(value, find) : findMarkers(value)[0]?.marker;
    return marker === undefined
      ? []
      : [{ path: toWhole(path), reason: `it holds ${marker}, which would be read as a keyword` }];
  });
  return omit(entry.value, found);
}

function findFilled(text: string, find: FindKeywordValue): string | undefined {
  const { left, keywords } = fillFile(text, find);
  return left[0]?.marker.marker ?? keywords[0]?.marker;
}

/**
 * Members that Auth0 answers and a tenant file may not have: the plan of one that has them is refused.
 *
 * @param render the value as tenant.yaml is to have it: names of files are checked, not what is in them
 */
export function omitRefused(entry: Entry, render: (entry: Entry) => unknown): Omitting {
  let value = entry.value;
  const omitted: Omission[] = [];
  for (;;) {
    const [problem] = listProblems({ ...entry, value: render({ ...entry, value }) });
    if (problem === undefined) return { value, omitted };
    const path = problem.path.slice(pathIn(entry, []).length);
    const reason = shorten(problem.message);
    // Of the entry itself, or of something that is not in it: nothing can be cut.
    if (path.length === 0 || valueAt(value, toWhole(path)) === undefined) {
      return { value: undefined, omitted: [{ path: [], reason }] };
    }
    omitted.push({ path: toWhole(path), reason });
    value = cutAt(value, path);
    if (value === undefined) return { value, omitted };
  }
}

/** Whoever reads it has written nothing: the tenant has it, and what there is instead helps nobody. */
const shorten = (message: string): string =>
  message
    .replace(/: (?:there are|did you mean) .*$/s, "")
    .replace(/^is not a field that Auth0 has$/, "tenant.yaml may not have it; it stays as it is");

function listProblems(entry: Entry): readonly Problem[] {
  const document = toDocument(entry);
  // A keyword of an export stands there for a list, a number or a flag.
  const malformed = findProblems(document).filter(({ path }) => !isWholeMarker(valueAt(document, path)));
  return [...malformed, ...findFieldProblems(document)];
}

export function omit(value: unknown, omissions: readonly Omission[]): Omitting {
  return {
    value: omissions.reduceRight((rest, { path }) => (path.length === 0 ? undefined : cutAt(rest, path)), value),
    omitted: omissions,
  };
}
