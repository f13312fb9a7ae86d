import { isDeepStrictEqual } from "node:util";
import type { ActionModule, ActionModuleVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { getOr404 } from "../error.ts";
import { renderSecrets } from "./render.ts";

/** Throws 404. */
export function getModule(tenant: Pick<Tenant, "state">, id = ""): ActionModule {
  return getOr404(tenant.state.actionModules.get(id), "That action module does not exist.");
}

/** Published versions, the newest first. */
export function versionsOf(tenant: Pick<Tenant, "state">, moduleId: string): readonly ActionModuleVersion[] {
  return tenant.state.actionModuleVersions.filter(({ module_id }) => module_id === moduleId).toReversed();
}

/** Actions whose draft uses a version of the module. */
export function actionsUsing(tenant: Pick<Tenant, "state">, moduleId: string): readonly unknown[] {
  return tenant.state.actions.values().flatMap((action) =>
    action.draft.modules
      .filter(({ module_id }) => module_id === moduleId)
      .map(({ module_version_id }) => ({
        action_id: action.id,
        action_name: action.name,
        module_version_id,
        module_version_number: tenant.state.actionModuleVersions.get(module_version_id)?.version_number,
      })),
  );
}

export function renderModule(tenant: Pick<Tenant, "state">, module: ActionModule): unknown {
  const latest = versionsOf(tenant, module.id)[0];
  return {
    id: module.id,
    name: module.name,
    code: module.code,
    dependencies: module.dependencies,
    secrets: renderSecrets(module.secrets),
    all_changes_published: latest !== undefined && isSame(module, latest),
    actions_using_module_total: actionsUsing(tenant, module.id).length,
    ...(latest !== undefined && {
      latest_version_number: latest.version_number,
      latest_version: renderModuleVersion(latest),
    }),
    created_at: module.created_at,
    updated_at: module.updated_at,
  };
}

export function renderModuleVersion(version: ActionModuleVersion): unknown {
  const { id, module_id, version_number, code, secrets, dependencies, created_at } = version;
  return { id, module_id, version_number, code, secrets: renderSecrets(secrets), dependencies, created_at };
}

function isSame(module: ActionModule, version: ActionModuleVersion): boolean {
  const essence = ({ code, dependencies, secrets }: ActionModule | ActionModuleVersion) => [
    code,
    dependencies,
    secrets.map(({ name, value }) => ({ name, value })),
  ];
  return isDeepStrictEqual(essence(module), essence(version));
}
