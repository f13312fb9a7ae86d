import type { ErrorCode } from "../error-codes.ts";
import { checkCliSettings } from "./check-cli-settings.ts";
import { isTenantDocument } from "./document.ts";
import { loadFiles } from "./files/load-files.ts";
import { readKeywordValues } from "./keyword-values.ts";
import { fillKeywords, fillKnownKeywords } from "./keywords.ts";
import { refuseProblems } from "./problem.ts";
import type { Environment } from "./read-environment.ts";
import type { TenantFile } from "./read-tenant.ts";

/**
 * What the tenant file means for one environment, as `a0deploy import` takes it: keywords filled, and the content of every file
 * that it names in the place of the name. The code of Actions is the build's.
 *
 * @throws {CommandError} what fillKeywords throws; TENANT_SELECTION_REFUSED, CLI_SETTING_REFUSED; TENANT_FILE_MISSING, TENANT_FILE_OUTSIDE or
 * TENANT_KEYWORDS_UNFILLED of the files
 */
export async function resolveTenant(tenant: TenantFile, environment: Environment): Promise<TenantFile> {
  checkCliSettings(environment);
  return addFiles(fillKeywords(tenant, environment), environment, () => true);
}

/**
 * The same as far as it is known here and now: a marker that is left says that a value is not known.
 *
 * @throws {CommandError} what fillKnownKeywords throws; TENANT_FILE_MISSING, TENANT_FILE_OUTSIDE
 */
export async function resolveKnownTenant(tenant: TenantFile, environment: Environment): Promise<TenantFile> {
  const known = fillKnownKeywords(tenant, environment);
  return addFiles(known, environment, (code) => code !== "TENANT_KEYWORDS_UNFILLED");
}

async function addFiles(
  tenant: TenantFile,
  environment: Environment,
  counts: (code: ErrorCode) => boolean,
): Promise<TenantFile> {
  const find = readKeywordValues(environment);
  const { document, problems, keywords } = await loadFiles(tenant.document, { directory: tenant.directory, find });
  const refused = problems.filter(({ code }) => counts(code));
  if (refused.length > 0) throw refuseProblems(refused, tenant.source);
  // Texts are replaced by texts, so the shape that was checked on reading still holds.
  if (!isTenantDocument(document)) throw new Error("a file changed the shape of the tenant document");
  return { ...tenant, document, fileKeywords: keywords };
}
