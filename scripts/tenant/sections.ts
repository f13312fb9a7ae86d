import { findNearest } from "./nearest.ts";
import type { CodedProblem } from "./problem.ts";

/**
 * Sections that the Deploy CLI reads and writes for us, and that hold a list; each with the members that tell its entries apart.
 * None of them: there is one at the most, and another name is written over it.
 */
export const HANDED_OVER_IDENTITIES = {
  pages: ["name"],
  guardianFactors: ["name"],
  guardianFactorTemplates: ["name"],
  actionModules: ["name"],
  customDomains: ["domain"],
  networkACLs: ["priority"],
  userAttributeProfiles: ["name"],
  connectionProfiles: ["name"],
  rateLimitPolicies: ["consumer_selector"],
  connections: ["name"],
  phoneProviders: [],
  themes: [],
  selfServiceProfiles: ["name"],
  phoneTemplates: ["type"],
  tokenExchangeProfiles: ["subject_token_type"],
  emailTemplates: ["template"],
  organizations: ["name"],
  logStreams: ["name"],
  flowVaultConnections: ["name"],
  eventStreams: ["name"],
  flows: ["name"],
  forms: ["name"],
} as const;

export const HANDED_OVER_LISTS = Object.keys(HANDED_OVER_IDENTITIES) as (keyof typeof HANDED_OVER_IDENTITIES)[];

/** The same, for those that hold one object. */
export const HANDED_OVER_OBJECTS = [
  "guardianPolicies",
  "guardianPhoneFactorSelectedProvider",
  "guardianPhoneFactorMessageTypes",
  "attackProtection",
  "riskAssessment",
  "emailProvider",
  "branding",
  "prompts",
  "supplementalSignals",
] as const;

/** Sections that are read and written here, through the Management API. */
export const OWN_SECTIONS = [
  "tenant",
  "resourceServers",
  "clients",
  "clientGrants",
  "roles",
  "actions",
  "triggers",
  "databases",
] as const;

/** What this version plans, writes, verifies and puts back. */
export const DEPLOYED_SECTIONS: readonly string[] = [...OWN_SECTIONS, ...HANDED_OVER_LISTS, ...HANDED_OVER_OBJECTS];

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

const isDeployed = (name: string): boolean => DEPLOYED_SECTIONS.some((known) => known === name);

/** An export has an empty section for each kind that the tenant has none of: there is nothing in it to pass over. */
const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === "object" && Object.keys(value).length === 0);

const isOwn = (name: string): boolean => OWN_SECTIONS.some((known) => known === name);

/**
 * A section with nothing behind its colon is not managed, as at the Deploy CLI; `[]` in one that is written here says "none". In
 * the others it says nothing: an import without deletions does nothing with it, and an export is full of them.
 */
export function dropEmptySections(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(document).filter(([name, value]) => (isOwn(name) ? value !== null : !isEmpty(value))),
  );
}

/** What is wrong with the sections of a tenant file, whatever is in them. */
export function findSectionProblems(document: Readonly<Record<string, unknown>>): readonly CodedProblem[] {
  return Object.entries(document).flatMap(([name, value]): readonly CodedProblem[] => {
    if (isDeployed(name)) return [];
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
