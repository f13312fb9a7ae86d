import { buildStatusAt } from "../../actions/build/build.ts";
import { findLiveVersion, isSameContent, type VersionRecords } from "../../actions/build/versions.ts";
import type { Action, ActionContent, ActionSecret, ActionVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";

/** An Action with its draft, and with what is live once something is. */
export function renderAction(tenant: VersionRecords, action: Action): unknown {
  const live = findLiveVersion(tenant, action);
  return {
    ...renderBase(action),
    code: action.draft.code,
    dependencies: action.draft.dependencies,
    runtime: action.draft.runtime,
    status: buildStatusAt(action.build, tenant.actionBuilds, tenant.clock()),
    secrets: renderSecrets(action.draft.secrets),
    ...renderModules(tenant, action.draft),
    ...renderLive(tenant, live),
    all_changes_deployed: live !== undefined && isSameContent(action.draft, live),
  };
}

/** An Action inside a binding: without its draft, and never said to be all deployed, even when it is. */
export function renderBoundAction(tenant: VersionRecords, action: Action): unknown {
  return { ...renderBase(action), ...renderLive(tenant, findLiveVersion(tenant, action)), all_changes_deployed: false };
}

/** A version; `built_at` comes and `deployed` may turn true when the deploy that made it is over. */
export function renderVersion(
  tenant: Pick<Tenant, "state">,
  action: Action,
  version: ActionVersion,
  state: "requested" | "live" | "former",
): unknown {
  return {
    code: version.code,
    dependencies: version.dependencies,
    id: version.id,
    deployed: state === "live",
    number: version.number,
    ...(state !== "requested" && { built_at: version.built_at }),
    secrets: renderSecrets(version.secrets),
    ...renderModules(tenant, version),
    status: "built",
    created_at: version.created_at,
    updated_at: state === "requested" ? version.created_at : version.updated_at,
    runtime: version.runtime,
    supported_triggers: version.supported_triggers,
    action: { ...renderBase(action), all_changes_deployed: false },
  };
}

/** Names and dates. The values leave the tenant by no endpoint. */
export function renderSecrets(secrets: readonly ActionSecret[]): unknown[] {
  return secrets.map(({ name, updated_at }) => ({ name, updated_at }));
}

function renderBase({ id, name, supported_triggers, created_at, updated_at }: Action): object {
  return { id, name, supported_triggers, created_at, updated_at };
}

/** The live version twice, in the two shapes that Auth0 has for it. */
function renderLive(tenant: Pick<Tenant, "state">, live: ActionVersion | undefined): object {
  if (live === undefined) return {};
  const { id, code, runtime, number, created_at, updated_at, built_at } = live;
  return {
    current_version: { id, code, runtime, status: "BUILT", number, build_time: built_at, created_at, updated_at },
    deployed_version: {
      code,
      dependencies: live.dependencies,
      id,
      deployed: true,
      number,
      built_at,
      secrets: renderSecrets(live.secrets),
      ...renderModules(tenant, live),
      status: "built",
      created_at,
      updated_at,
      runtime,
      supported_triggers: live.supported_triggers,
    },
  };
}

function renderModules(tenant: Pick<Tenant, "state">, { modules }: ActionContent): object {
  if (modules.length === 0) return {};
  return {
    modules: modules.map(({ module_id, module_version_id }) => ({
      module_id,
      module_name: tenant.state.actionModules.get(module_id)?.name,
      module_version_id,
      module_version_number: tenant.state.actionModuleVersions.get(module_version_id)?.version_number,
    })),
  };
}
