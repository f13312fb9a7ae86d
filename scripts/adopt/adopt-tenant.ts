import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { connectToTenant } from "../deploy/connect.ts";
import type { RetryPolicy } from "../deploy/retrying-fetch.ts";
import { readTenantAccess } from "../deploy/tenant-access.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";
import { resolveKnownTenant } from "../tenant/resolve-tenant.ts";
import { type AdoptedEntries, adoptEntries, type Project } from "./adopt-entries.ts";
import type { AdoptContext } from "./adopt-entry.ts";
import { tryBuild } from "./check/try-build.ts";
import { labelOf } from "./entry.ts";
import { listSuspects } from "./list-suspects.ts";
import { readFolderSource } from "./read/read-folder-source.ts";
import { readLiveSource } from "./read/read-live-source.ts";
import type { Source } from "./read/source.ts";
import { createFileNames } from "./render/file-names.ts";
import { insertEntries } from "./render/insert-entries.ts";
import type { Adoption } from "./report.ts";
import { createVariables } from "./strip/variables.ts";
import { draftFiles, groupLines } from "./write/draft-files.ts";
import { listClosedSections, listNamedFiles, readProjectText } from "./write/project-text.ts";
import { putInPlace } from "./write/put-in-place.ts";

export interface AdoptOptions {
  /** The project's folder. */
  readonly directory: string;
  readonly environment: Environment;
  /** `--env`: the file of that name gets the variables. */
  readonly environmentName?: string | undefined;
  readonly sections: readonly string[];
  /** An export of the Deploy CLI; without it the tenant of the environment is read. */
  readonly from?: string | undefined;
  /** Whether files that are there and have other contents may be overwritten. */
  readonly force?: boolean | undefined;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/**
 * Writes what a tenant has into a project: tenant.yaml, the files that it names, and names of variables. Everything is written to a
 * folder first, read back there and compared with the tenant; then it is put in place.
 *
 * @throws {CommandError} of reading tenant.yaml, connecting and reading the tenant; ADOPT_SOURCE_UNKNOWN, ADOPT_FILE_EXISTS
 */
export async function adoptTenant(options: AdoptOptions): Promise<Adoption> {
  const { directory, environment, environmentName } = options;
  const before = await readProjectText(directory, environmentName);
  const written = await resolveKnownTenant(before.file, environment);
  const present = await resolveKnownTenant(before.merged, environment);
  const source = await readSource(options, before.file);
  const draft = await makeDraft(directory);
  try {
    const context: AdoptContext = {
      source,
      environment,
      draft: join(draft, "project"),
      names: createFileNames(directory, listNamedFiles(before)),
      variables: createVariables(),
      owner: before.name,
    };
    const project = {
      present: present.document,
      written: written.document,
      closed: listClosedSections(before),
    };
    const { adopted, refused, ...rest } = await adoptBuildable(context, directory, project);
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
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function readSource(
  { environment, from, sections, retryPolicy }: AdoptOptions,
  file: TenantFile,
): Promise<Source> {
  if (from !== undefined) return readFolderSource(from, sections, environment.AUTH0_DOMAIN || undefined);
  const connection = await connectToTenant(await readTenantAccess(environment, file), retryPolicy);
  return readLiveSource(connection, sections);
}

/** On the disk of the project, so that a file can be moved to its place at once. */
async function makeDraft(directory: string): Promise<string> {
  const parent = join(directory, ".local");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(parent, "adopt-"));
  await mkdir(join(draft, "project"));
  return draft;
}

/** What the build takes too: Actions that it refuses are left out, and their places in the flows with them. */
async function adoptBuildable(
  context: AdoptContext,
  directory: string,
  project: Omit<Project, "unbuildable">,
): Promise<AdoptedEntries & Pick<Adoption, "refused">> {
  const { draft, environment } = context;
  let unbuildable: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const chosen = await adoptEntries(context, { ...project, unbuildable });
    const { text } = insertEntries("", groupLines(chosen.adopted));
    const { actions, others } = await tryBuild({ directory, draft, text: text || "{}", environment });
    const isDone = [...actions.keys()].every((name) => unbuildable.has(name));
    if (isDone) return { ...chosen, refused: [...actions.values(), ...others] };
    unbuildable = new Map([...unbuildable, ...actions]);
  }
}
