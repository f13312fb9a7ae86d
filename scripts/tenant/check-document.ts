import { CommandError, EXIT } from "../command.ts";
import { findProblems, isTenantDocument, type TenantDocument } from "./document.ts";
import { isWholeMarker } from "./markers.ts";
import { valueAt, without } from "./paths.ts";
import { dropEmptySections, findSectionProblems } from "./sections.ts";
import { isMapping, type Problem, renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";

interface CodedProblem extends Problem {
  readonly code: string;
  /** What is wrong is the name, not what stands behind it. */
  readonly part?: "key";
}

/**
 * What a parsed tenant file says, as the type that the rest of the project reads. Values that wait for a keyword are left out.
 *
 * @throws {CommandError} TENANT_MALFORMED, TENANT_SECTION_UNKNOWN, TENANT_KIND_NOT_DEPLOYED, TENANT_KIND_RETIRED or
 * TENANT_SELECTION_REFUSED, naming every place; TENANT_REFUSED when the places have several of these codes
 */
export function checkDocument(value: unknown, { locate, file }: TenantSource): TenantDocument {
  const sections = isMapping(value) ? findSectionProblems(value) : [];
  const read = isMapping(value) ? dropEmptySections(value) : value;
  const malformed = findProblems(read).map((problem): CodedProblem => ({ code: "TENANT_MALFORMED", ...problem }));
  const waiting = malformed.filter(({ path }) => isWholeMarker(valueAt(read, path)));
  const problems = [...sections, ...malformed.filter((problem) => !waiting.includes(problem))];
  if (problems.length > 0) throw refuse(problems, file, locate);
  const document = waiting.reduce<unknown>((rest, { path }) => without(rest, path), read);
  if (isTenantDocument(document)) return document;
  const needed = waiting.map(({ path }) => ({
    code: "TENANT_MALFORMED",
    path,
    message: "must be written out here: the build needs it",
  }));
  throw refuse(needed, file, locate);
}

function refuse(problems: readonly CodedProblem[], file: string, locate: TenantSource["locate"]): CommandError {
  const codes = [...new Set(problems.map(({ code }) => code))];
  const lines = problems.map(
    ({ code, path, part, message }) =>
      `  ${locate(path, part)} ${renderPath(path)}: ${message}${codes.length > 1 ? ` [${code}]` : ""}`,
  );
  const [code] = codes;
  return new CommandError(
    codes.length === 1 && code !== undefined ? code : "TENANT_REFUSED",
    `${file} does not have the expected form:\n${lines.join("\n")}`,
    { exitCode: EXIT.usage },
  );
}
