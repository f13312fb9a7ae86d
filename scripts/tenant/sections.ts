import { findNearest } from "./nearest.ts";
import type { CodedProblem } from "./problem.ts";
import { readSchemas } from "./schema/schemas.ts";
import type { SectionFacts } from "./schema/section-facts.ts";

/** What is known of a section without knowing what is in it. */
export interface Section extends Pick<SectionFacts, "identity" | "memberIdentities"> {
  /** Read and written here, through the Management API, and not by the Deploy CLI. */
  readonly isOwn: boolean;
  readonly isOneObject: boolean;
}

/** All that this version plans, writes, verifies and puts back, as the table of kinds (scripts/deploy/kinds/) has them. */
export const SECTIONS = readSchemas("sections") as Readonly<Record<string, Section>>;

export const DEPLOYED_SECTIONS: readonly string[] = Object.keys(SECTIONS);

/** The Deploy CLI's own export loses the first and its import does nothing with the second, so nobody could compare them. */
const NOT_DEPLOYED = ["guardianFactorProviders", "clientAuthCredentials"] as const;

/** Auth0 has switched these off. */
const RETIRED = ["rules", "rulesConfigs", "hooks"] as const;

/** They say what an import leaves out. */
const SELECTIONS = ["exclude", "include"] as const;

const advice: Readonly<Record<string, Omit<CodedProblem, "path" | "part">>> = Object.fromEntries([
  ...NOT_DEPLOYED.map((name) => [
    name,
    {
      code: "TENANT_KIND_NOT_DEPLOYED",
      message: "this version does not deploy them. Keep the section in a file of its own, and hand that to a0deploy",
    },
  ]),
  ...RETIRED.map((name) => [
    name,
    {
      code: "TENANT_KIND_RETIRED",
      message: "Auth0 no longer runs them: write an Action instead (docs/deploy.md, What tenant.yaml may hold)",
    },
  ]),
  ...SELECTIONS.map((name) => [
    name,
    {
      code: "TENANT_SELECTION_REFUSED",
      message: "parts of the file cannot be left out of a deploy. Remove the section, and what it names from the file",
    },
  ]),
]);

/** Undefined for what is not a section, whatever a file calls it: `constructor`. */
function findSection(name: string): Section | undefined {
  return Object.hasOwn(SECTIONS, name) ? SECTIONS[name] : undefined;
}

/** An export has an empty section for each kind that the tenant has none of: there is nothing in it to pass over. */
const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === "object" && Object.keys(value).length === 0);

/**
 * A section with nothing behind its colon is not managed, as at the Deploy CLI; `[]` in one that is written here says "none". In
 * the others it says nothing: an import without deletions does nothing with it, and an export is full of them.
 */
export function dropEmptySections(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(document).filter(([name, value]) =>
      findSection(name)?.isOwn === true ? value !== null : !isEmpty(value),
    ),
  );
}

/** What is wrong with the sections of a tenant file, whatever is in them. */
export function findSectionProblems(document: Readonly<Record<string, unknown>>): readonly CodedProblem[] {
  return Object.entries(document).flatMap(([name, value]): readonly CodedProblem[] => {
    if (findSection(name) !== undefined) return [];
    const known = Object.hasOwn(advice, name) ? advice[name] : undefined;
    if (known === undefined) return [{ path: [name], part: "key", ...describeUnknown(name) }];
    return isEmpty(value) ? [] : [{ path: [name], part: "key", ...known }];
  });
}

function describeUnknown(name: string): Omit<CodedProblem, "path" | "part"> {
  const nearest = findNearest(name, [...DEPLOYED_SECTIONS, ...NOT_DEPLOYED, ...RETIRED, ...SELECTIONS]);
  const hint = nearest === undefined ? `there are ${DEPLOYED_SECTIONS.join(", ")}` : `did you mean ${nearest}?`;
  return { code: "TENANT_SECTION_UNKNOWN", message: `is not a section of the Deploy CLI's format: ${hint}` };
}
