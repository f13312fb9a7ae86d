import type { Environment } from "./read-environment.ts";
import { refuseLines } from "./refusal.ts";

/** Settings of the Deploy CLI that leave parts of a file out of an import, or of what it says of one. */
const SELECTIONS = [
  "AUTH0_EXCLUDED",
  "AUTH0_EXCLUDED_CLIENTS",
  "AUTH0_EXCLUDED_CONNECTIONS",
  "AUTH0_EXCLUDED_DATABASES",
  "AUTH0_EXCLUDED_RESOURCE_SERVERS",
  "AUTH0_EXCLUDED_RULES",
  "AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS",
  "AUTH0_IGNORE_DRY_RUN_FIELDS",
  "AUTH0_INCLUDED_CONNECTIONS",
  "AUTH0_INCLUDED_ONLY",
  "EXCLUDED_PROPS",
  "INCLUDED_PROPS",
];

/** Whoever sets them counts on what is not done here, or is done otherwise. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  AUTH0_ALLOW_DELETE: "nothing is deleted but what --allow-delete=<type>:<name> names",
  AUTH0_DRY_RUN: "npm run plan shows what would change and writes nothing",
};

/** What the Deploy CLI takes for none, too. */
const NOTHING = /^(?:|false|\[\s*\]|\{\s*\})$/;

/**
 * A plan speaks of every line of the file, so nothing may be left out of it behind its back; and a deploy writes.
 *
 * @throws {CommandError} TENANT_SELECTION_REFUSED, CLI_SETTING_REFUSED, naming the settings
 */
export function checkCliSettings(environment: Environment): void {
  const isUsed = (name: string): boolean => !NOTHING.test(environment[name]?.trim() ?? "");
  const selections = SELECTIONS.filter(isUsed);
  if (selections.length > 0) {
    throw refuseLines(
      "TENANT_SELECTION_REFUSED",
      "The Deploy CLI would leave parts of tenant.yaml out of an import, by",
      selections,
      "Unset them: everything in the file is deployed. What is not to be, take out of the file.",
    );
  }
  const elsewhere = Object.entries(ELSEWHERE).filter(([name]) => isUsed(name));
  if (elsewhere.length === 0) return;
  throw refuseLines(
    "CLI_SETTING_REFUSED",
    "Settings of the Deploy CLI mean something else than is done here",
    elsewhere.map(([name, advice]) => `${name}: ${advice}`),
    "Unset them.",
  );
}
