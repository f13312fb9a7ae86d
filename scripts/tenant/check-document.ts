import { findProblems, isTenantDocument, type TenantDocument } from "./document.ts";
import { findBlankNames } from "./find-blank-names.ts";
import { findUnsendable } from "./find-unsendable.ts";
import { isWholeMarker } from "./markers.ts";
import { nameKeyword } from "./name-keyword.ts";
import { describeOutdated, renewDocument } from "./outdated/renew-document.ts";
import { valueAt, without } from "./paths.ts";
import { type CodedProblem, refuseProblems } from "./problem.ts";
import { findConflicts } from "./schema/find-conflicts.ts";
import { findFieldProblems } from "./schema/find-field-problems.ts";
import { dropEmptySections, findSectionProblems } from "./sections.ts";
import { findLifetimeProblems, toMinutes } from "./session-lifetimes.ts";
import { isMapping, type Path, renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";

export interface CheckedDocument {
  readonly document: TenantDocument;
  /** Where a keyword stands in the place of a list, a mapping or a flag that is read here, and has no value yet. */
  readonly waiting: readonly Path[];
  /** What exports of former years have and is taken otherwise than it is written, or not at all; a sentence each. */
  readonly outdated: readonly string[];
}

/**
 * What a parsed tenant file says, as the type that the rest of the project reads. Values that wait for a keyword are left out.
 *
 * @throws {CommandError} TENANT_MALFORMED, TENANT_FIELD_UNKNOWN, TENANT_TRIGGER_UNKNOWN, TENANT_SECTION_UNKNOWN,
 * TENANT_KIND_NOT_DEPLOYED, TENANT_KIND_RETIRED or TENANT_SELECTION_REFUSED, naming every place; TENANT_REFUSED when the places
 * have several of these codes
 */
export function checkDocument(value: unknown, source: TenantSource): CheckedDocument {
  if (!isMapping(value)) throw refuseProblems(listMalformed(value), source);
  const { document: renewed, outdated } = renewDocument(value);
  const sections = findSectionProblems(renewed);
  const read = dropEmptySections(renewed);
  const malformed = listMalformed(read);
  const waiting = malformed.filter(({ path }) => isWholeMarker(valueAt(read, path)));
  const fields = findFieldProblems(read).filter((problem) => !isNamed(problem, malformed));
  const lifetimes = isMapping(read.tenant) ? findLifetimeProblems(read.tenant) : [];
  const problems = [
    ...sections,
    ...malformed.filter((problem) => !waiting.includes(problem)),
    ...fields,
    ...lifetimes,
    ...findConflicts(read),
    ...findBlankNames(read).filter((problem) => !isNamed(problem, fields)),
    ...findUnsendable(read),
  ];
  if (problems.length > 0) {
    throw refuseProblems(
      problems.map((problem) => nameKeyword(problem, source)),
      source,
    );
  }
  // The last one first: leaving out a list's entry moves those behind it.
  const document = waiting.reduceRight<unknown>((rest, { path }) => without(rest, path), read);
  const paths = waiting.map(({ path }) => path);
  if (isTenantDocument(document))
    return { document: inMinutes(document), waiting: paths, outdated: describeOutdated(outdated, source.locate) };
  const message = "must be written out: nothing can be said of the entry before it is there";
  throw refuseProblems(
    paths.map((path) => ({ code: "TENANT_MALFORMED", path, message })),
    source,
  );
}

const listMalformed = (value: unknown): readonly CodedProblem[] =>
  findProblems(value).map((problem) => ({ code: "TENANT_MALFORMED", ...problem }));

function inMinutes(document: TenantDocument): TenantDocument {
  return document.tenant === undefined ? document : { ...document, tenant: toMinutes(document.tenant) };
}

const isNamed = ({ path }: CodedProblem, others: readonly CodedProblem[]): boolean =>
  others.some((other) => renderPath(other.path) === renderPath(path));
