import type { Environment } from "./read-environment.ts";
import { refuseLines } from "./refusal.ts";

/** Settings of the Deploy CLI that leave parts of a file out of an import. */
const SETTINGS = [
  "AUTH0_EXCLUDED",
  "AUTH0_EXCLUDED_CLIENTS",
  "AUTH0_EXCLUDED_CONNECTIONS",
  "AUTH0_EXCLUDED_DATABASES",
  "AUTH0_EXCLUDED_RESOURCE_SERVERS",
  "AUTH0_EXCLUDED_RULES",
  "AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS",
  "AUTH0_INCLUDED_CONNECTIONS",
  "AUTH0_INCLUDED_ONLY",
  "EXCLUDED_PROPS",
  "INCLUDED_PROPS",
];

/** What the Deploy CLI takes for none, too. */
const NOTHING = /^(?:|false|\[\s*\]|\{\s*\})$/;

/**
 * A plan speaks of every line of the file, so nothing may be left out of it behind its back.
 *
 * @throws {CommandError} TENANT_SELECTION_REFUSED naming the settings
 */
export function checkSelection(environment: Environment): void {
  const used = SETTINGS.filter((name) => !NOTHING.test(environment[name]?.trim() ?? ""));
  if (used.length === 0) return;
  throw refuseLines(
    "TENANT_SELECTION_REFUSED",
    "The Deploy CLI would leave parts of tenant.yaml out of an import, by",
    used,
    "Unset them: everything in the file is deployed. What is not to be, take out of the file.",
  );
}
