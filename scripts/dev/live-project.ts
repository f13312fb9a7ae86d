import { join } from "node:path";
import { planBuild } from "../build/build-project.ts";
import type { RunLoading } from "../build/load/run-loading.ts";
import { listBundles, type Project, readChangedActions, readProject } from "../build/project.ts";
import { renderFinding } from "../build/render.ts";
import { CommandError } from "../command.ts";
import { deployActions } from "../deploy/deploy-actions.ts";
import { deployProject } from "../deploy/deploy-project.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import { desireAction } from "../deploy/plan/desired.ts";
import { type Prepared, prepareProject } from "../deploy/prepare.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { readTenant } from "../tenant/read-tenant.ts";

/** A project and a tenant that is kept as the project says. */
export interface LiveProject {
  readonly prepared: Prepared;
  readonly live: LiveTenant;
  /** What it was built from; undefined until somebody needs it. */
  readonly project: Project | undefined;
}

interface Options {
  readonly directory: string;
  readonly environment: Environment;
  readonly runLoading?: RunLoading;
}

/**
 * Builds and deploys all of it, as `npm run deploy` does.
 *
 * @throws {CommandError} of prepareProject and deployProject
 */
export async function deployAll(options: Options): Promise<LiveProject> {
  const prepared = await prepareProject(options);
  const { live } = await deployProject({ prepared, confirm: async () => "unasked", onProgress: () => {} });
  return { prepared, live, project: undefined };
}

/** With what a change is built from, where that can be read. */
export async function readAhead(live: LiveProject, options: Options): Promise<LiveProject> {
  return { ...live, project: await readSources(options) };
}

async function readSources({ directory, environment, runLoading }: Options): Promise<Project> {
  return readProject(await readTenant(join(directory, "tenant.yaml")), environment, runLoading);
}

/**
 * Makes live what has been saved: where only files of Actions have changed that this project bundles, those Actions alone, which
 * takes a fraction of a second; else everything.
 *
 * Resolves to the same one where none of it differs from what is live.
 *
 * @param changed from the project's folder, with slashes
 * @throws {CommandError} BUILD_REFUSED, with the tenant as it was; of deployActions and deployAll
 */
export async function deployChanged(
  former: LiveProject,
  changed: ReadonlySet<string>,
  options: Options,
): Promise<LiveProject> {
  const { prepared, live, project: known } = former;
  const source = known ?? (await readSources(options));
  if (!isOfBundles(source, changed)) return deployAll(options);
  const project = await readChangedActions(source, changed, options.runLoading);
  const build = planBuild(project);
  if (!build.ok) throw new CommandError("BUILD_REFUSED", build.findings.map(renderFinding).join("\n"));
  const bundles = new Map(build.actions.map((built) => [built.name, built]));
  const actions = (prepared.desired.document.actions ?? []).flatMap((entry) => {
    const built = bundles.get(entry.name);
    return built === undefined ? [] : [desireAction(entry, built)];
  });
  const desired = { ...prepared.desired, actions };
  const after = await deployActions({ desired, connection: prepared.connection, live });
  return after === live ? former : { prepared: { ...prepared, desired, build }, project, live: after };
}

/** A file that is sent as it is belongs to the tenant file, which knows its text. */
function isOfBundles(project: Project, changed: ReadonlySet<string>): boolean {
  const verbatim = listBundles(project).flatMap(({ bundle }) => (bundle.form === "as it is" ? [bundle.source] : []));
  return [...changed].every((file) => file.startsWith("actions/") && !verbatim.includes(file));
}
