import { type KeywordValue, readKeywordValues } from "./keyword-values.ts";
import { listKeywords } from "./keywords.ts";
import type { Environment } from "./read-environment.ts";
import type { TenantFile } from "./read-tenant.ts";
import { listProjectSecrets, SECRET_VARIABLES } from "./secret-variables.ts";
import { isMapping, type Path } from "./shape.ts";

/**
 * The values that must never be printed: what the environment fills in between at signs, every Action secret that
 * comes from the environment, and the project's own keys. A value that the tenant file also uses in the open (the API's
 * identifier is a setting of an Action) is not a secret, nor is a day (settings may be one, and every timestamp of that day
 * has it). `tenant` is the file as written, with its keywords.
 *
 * @throws {CommandError} KEYWORD_MAPPINGS_MALFORMED
 */
export function listSecretValues(tenant: TenantFile, environment: Environment): readonly string[] {
  const keywords = listKeywords(tenant);
  const inTheOpen = new Set(keywords.filter((keyword) => !isSecret(keyword)).map(({ name }) => name));
  const names = keywords.filter(isSecret).map(({ name }) => name);
  const find = readKeywordValues(environment);
  const values = [...new Set([...names.filter((name) => !inTheOpen.has(name)), ...SECRET_VARIABLES])].flatMap((name) =>
    listTexts(find(name)),
  );
  return [...new Set([...values, ...listProjectSecrets(environment)])].filter(
    (value) => value !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(value),
  );
}

/** A list is in the open: what has one in tenant.yaml (URLs, scopes, grant types) is shown by plans. */
function listTexts(found: KeywordValue | undefined): readonly string[] {
  if (found === undefined) return [];
  if (found.kind === "text") return [found.text];
  return isMapping(found.value) ? listLeaves(found.value) : [];
}

function listLeaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(listLeaves) : [];
}

function isSecret({ marker, path }: { readonly marker: string; readonly path: Path }): boolean {
  return marker.startsWith("@@") || (path[0] === "actions" && path[2] === "secrets" && path.at(-1) === "value");
}
