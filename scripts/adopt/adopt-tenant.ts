import { join } from "node:path";
import { connectToTenant } from "../deploy/connect.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";
import { resolveKnownTenant } from "../tenant/resolve-tenant.ts";
import { adoptBuildable } from "./adopt-buildable.ts";
import type { AdoptContext } from "./adopt-entry.ts";
import { labelOf, listEntries } from "./entry.ts";
import { listSuspects } from "./list-suspects.ts";
import type { AdoptOptions } from "./options.ts";
import { readFolderSource } from "./read/read-folder-source.ts";
import { readLiveSource } from "./read/read-live-source.ts";
import { createEmptyTenant, type Source } from "./read/source.ts";
import { createFileNames } from "./render/file-names.ts";
import type { Adoption } from "./report.ts";
import { createVariables } from "./strip/variables.ts";
import { draftFiles } from "./write/draft-files.ts";
import { inDraft } from "./write/in-draft.ts";
import { listClosedSections, listNamedFiles, readProjectText } from "./write/project-text.ts";
import { putInPlace } from "./write/put-in-place.ts";

export interface TenantAdoptOptions extends AdoptOptions {
  /** An export of the Deploy CLI; without it the tenant of the environment is read. */
  readonly from?: string | undefined;
}

/**
 * Writes what a tenant has into a project: tenant.yaml, the files that it names, and names of variables. Everything is written to a
 * folder first, read back there and compared with the tenant; then it is put in place.
 *
 * @throws {CommandError} of reading tenant.yaml, connecting and reading the tenant; ADOPT_SOURCE_UNKNOWN, ADOPT_FILE_EXISTS
 */
export async function adoptTenant(options: TenantAdoptOptions): Promise<Adoption> {
  const { directory, environment, environmentName } = options;
  const before = await readProjectText(directory, environmentName);
  const written = await resolveKnownTenant(before.file, environment);
  const present = await resolveKnownTenant(before.merged, environment);
  const source = await readSource(options, before.file);
  const tenant = source.live ?? createEmptyTenant(source.name);
  return inDraft(directory, async (draft) => {
    const context: AdoptContext = {
      source,
      environment,
      directory,
      draft: join(draft, "project"),
      names: createFileNames(directory, listNamedFiles(before)),
      variables: createVariables(),
      owner: before.name,
    };
    const { adopted, refused, ...rest } = await adoptBuildable(context, {
      present: present.document,
      known: new Set([present, written].flatMap(({ document }) => listEntries(document, tenant)).map(labelOf)),
      closed: listClosedSections(before),
    });
    const variables = environmentName === undefined ? ".env" : `environments/${environmentName}.env`;
    const files = await draftFiles({ directory, variables, before }, adopted);
    return {
      source: source.name,
      adopted: adopted.map(({ entry }) => labelOf(entry)),
      files: await putInPlace({ directory, draft, files, force: options.force === true }),
      ...rest,
      omitted: adopted.flatMap(({ omitted }) => omitted),
      secrets: adopted.flatMap(({ secrets }) => secrets),
      suspects: listSuspects(files),
      refused,
      unread: source.unread,
      isPlanned: source.live !== undefined,
    };
  });
}

async function readSource(
  { environment, from, sections, retryPolicy }: TenantAdoptOptions,
  file: TenantFile,
): Promise<Source> {
  if (from !== undefined) return readFolderSource(from, sections, environment.AUTH0_DOMAIN || undefined);
  const connection = await connectToTenant(await readTenantAccess(environment, file), retryPolicy);
  return readLiveSource(connection, sections);
}
