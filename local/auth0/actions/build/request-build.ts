import type { Action, ActionBuild, ActionContent, ActionDependency } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { PackageError } from "../packages/package-error.ts";
import { buildDuration } from "./build.ts";
import { deployVersion } from "./versions.ts";

type BuildingTenant = Pick<Tenant, "actionBuilds" | "clock" | "log" | "state">;

/**
 * Asks for a build of a draft, which is to be stored with what this answers. A build installs packages and nothing more: code that does
 * not even parse is built at Auth0, and fails when it runs.
 */
export function requestBuild(
  tenant: BuildingTenant,
  { id, name, draft }: Pick<Action, "draft" | "id" | "name">,
  { thenDeploy }: { readonly thenDeploy: boolean },
): ActionBuild {
  const requested_at = tenant.clock();
  const { find } = tenant.actionBuilds.packages;
  if (listPackages(tenant, draft).every((wanted) => find(wanted) !== undefined)) return { requested_at, failures: [] };
  const build = { requested_at, failures: [], installing: { thenDeploy } };
  void install(tenant, { id, name, draft, build });
  return build;
}

/** What a restart of the tenant interrupted. */
export function resumeBuilds(tenant: BuildingTenant): void {
  for (const action of tenant.state.actions.filter(({ build }) => build.installing !== undefined)) {
    void install(tenant, action);
  }
}

type Building = Pick<Action, "build" | "draft" | "id" | "name">;

async function install(tenant: BuildingTenant, { id, name, draft, build }: Building): Promise<void> {
  const { packages } = tenant.actionBuilds;
  const outcomes = await Promise.allSettled(listPackages(tenant, draft).map((wanted) => packages.ensure(wanted)));
  const thrown = outcomes.flatMap((outcome): unknown[] => (outcome.status === "rejected" ? [outcome.reason] : []));
  const failures = thrown.flatMap((error) =>
    error instanceof PackageError ? [`${error.message} [${error.code}]`] : [],
  );
  // The tenant is closed: its next start goes on.
  if (failures.length < thrown.length) return;
  const action = tenant.state.actions.get(id);
  // Another update has asked for another build meanwhile.
  if (action === undefined || action.build !== build) return;
  for (const failure of failures) tenant.log(`the build of Action ${name} fails: ${failure}`);
  const built = tenant.state.actions.set(id, { ...action, build: { requested_at: build.requested_at, failures } });
  if (build.installing?.thenDeploy !== true || failures.length > 0) return;
  const endsAt = build.requested_at + buildDuration(tenant.actionBuilds);
  deployVersion(tenant, built, draft, Math.max(0, endsAt - tenant.clock()));
}

/** Modules bring packages of their own, which have to be there as well. */
const listPackages = (tenant: Pick<Tenant, "state">, draft: ActionContent): readonly ActionDependency[] => [
  ...draft.dependencies,
  ...draft.modules.flatMap(
    ({ module_version_id }) => tenant.state.actionModuleVersions.get(module_version_id)?.dependencies ?? [],
  ),
];
