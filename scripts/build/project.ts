import { join } from "node:path";
import type { BillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { readActionCode } from "../tenant/action-code.ts";
import { fillKnownKeywords, fillLists } from "../tenant/keywords.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { TenantFile } from "../tenant/read-tenant.ts";
import { resolveKnownTenant } from "../tenant/resolve-tenant.ts";
import { readBillingRules } from "./billing.ts";
import type { Bundle } from "./bundle.ts";
import { type BundledAction, bundleActions } from "./bundle-actions.ts";
import { listIdleFolders } from "./list-idle-folders.ts";
import { type Loading, loadActions } from "./load/load-actions.ts";
import type { RunLoading } from "./load/run-loading.ts";
import { readLockedVersions } from "./locked-versions.ts";
import { keepSourceMaps } from "./source-maps.ts";

export interface ProjectAction extends BundledAction {
  /** Of a bundle; undefined when there is none. */
  readonly loaded: Loading | undefined;
}

/** Everything that the checks look at, read once. */
export interface Project {
  readonly directory: string;
  /** As written: keywords stand in its texts. What is compiled into bundles comes from here. */
  readonly tenant: TenantFile;
  /** With the keywords filled that have a value here and now; a marker that is left says that a value is not known. */
  readonly known: TenantFile;
  readonly actions: readonly ProjectAction[];
  /** What `code:` of each Action says, with what keywords are known. */
  readonly codePaths: readonly string[];
  /** stripe.json. */
  readonly rules: BillingRules | undefined;
  /** Of stripe.json: what gateways take claims' names to begin with. */
  readonly claimNamespace: string | undefined;
  /** All that stripe.json lists. */
  readonly paidScopes: readonly string[];
  /** Package name to the version in package-lock.json; empty where nothing is built. */
  readonly lockedVersions: ReadonlyMap<string, string>;
  /** In actions/, with files that are in no bundle, and not named in the tenant file. */
  readonly idleFolders: readonly string[];
}

/**
 * Reads what the project has beside its tenant file, and bundles every Action in memory; `environment` decides what checks see.
 *
 * @param runLoading in a process that waits for it already
 */
export async function readProject(
  written: TenantFile,
  environment: Environment,
  runLoading?: RunLoading,
): Promise<Project> {
  const { directory } = written;
  const codePaths = (fillKnownKeywords(written, environment).document.actions ?? []).map(({ code }) => code);
  const isBuilding = codePaths.some((path) => readActionCode(path).kind === "built");
  const [rules, lockedVersions] = await Promise.all([
    readBillingRules(join(directory, "stripe.json")),
    isBuilding ? readLockedVersions(join(directory, "package-lock.json")) : new Map<string, string>(),
  ]);
  const sources = {
    directory,
    tenant: fillLists(written, environment),
    known: await resolveKnownTenant(written, environment),
    codePaths,
    rules,
    claimNamespace: rules?.claimNamespace,
    paidScopes: [...(rules?.paid.keys() ?? [])],
    lockedVersions,
  };
  const actions = await loadActions(sources, await bundleActions(sources), runLoading);
  await keepSourceMaps(directory, actions);
  return { ...sources, actions, idleFolders: await listIdleFolders(written, listInputs(codePaths, actions)) };
}

/**
 * The project after files of Actions have changed, and nothing else: bundles and loads those Actions again that have them in their
 * bundles, and those that had no bundle.
 *
 * @param changed from the project's folder, with slashes
 * @param runLoading in a process that waits for it already
 */
export async function readChangedActions(
  project: Project,
  changed: ReadonlySet<string>,
  runLoading?: RunLoading,
): Promise<Project> {
  const current = project.actions.map((entry) => (isCurrent(entry, changed) ? entry : undefined));
  const bundled = await bundleActions(project, current);
  const anew = await loadActions(
    project,
    bundled.filter((_, index) => current[index] === undefined),
    runLoading,
  );
  await keepSourceMaps(project.directory, anew);
  return {
    ...project,
    actions: project.actions.map((entry) => anew.find(({ action }) => action === entry.action) ?? entry),
  };
}

/** Files and folders that Actions are made from; of those without a bundle, what they name. */
const listInputs = (codePaths: Project["codePaths"], actions: Project["actions"]): readonly string[] => [
  ...codePaths.map(readActionCode).map((code) => (code.kind === "built" ? `actions/${code.folder}/` : code.file)),
  ...actions.flatMap(({ result }) => (result.kind === "bundled" ? result.bundle.inputs : [])),
];

const isCurrent = ({ result }: ProjectAction, changed: ReadonlySet<string>): boolean =>
  result.kind === "bundled" && !result.bundle.inputs.some((file) => changed.has(file));

/** The Actions whose source could be compiled. */
export function listBundles(project: Project): readonly (ProjectAction & { readonly bundle: Bundle })[] {
  return project.actions.flatMap((entry) =>
    entry.result.kind === "bundled" ? [{ ...entry, bundle: entry.result.bundle }] : [],
  );
}
