import type { Action, ActionModuleRef, ActionVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { findLiveVersion, type VersionRecords } from "../build/versions.ts";
import type { RunTrigger } from "../handler.ts";
import type { ActionSource, BoundAction, SourceModule } from "../runtime/protocol.ts";

export interface LiveAction {
  readonly bound: BoundAction;
  readonly source: ActionSource;
}

/** The live versions of the Actions bound to a trigger, in the order of the bindings. */
export function listLiveActions(tenant: VersionRecords, trigger: RunTrigger): LiveAction[] {
  const bindings = tenant.state.triggerBindings.get(trigger)?.bindings ?? [];
  return bindings.flatMap(({ id, action_id }) => readLiveAction(tenant, action_id, id));
}

/** The live version of the Action that an entity names (a token exchange profile, an event stream): none, or one. */
export function listLiveAction(tenant: VersionRecords, trigger: RunTrigger, actionId: string): LiveAction[] {
  const isOfTrigger = tenant.state.actions.get(actionId)?.supported_triggers.some(({ id }) => id === trigger);
  return isOfTrigger === true ? readLiveAction(tenant, actionId, "") : [];
}

function readLiveAction(tenant: VersionRecords, actionId: string, bindingId: string): LiveAction[] {
  const action = tenant.state.actions.get(actionId);
  const version = action && findLiveVersion(tenant, action);
  if (action === undefined || version === undefined) return [];
  return [bindVersion(tenant, { action, bindingId }, version)];
}

/** An Action as it runs with this version of its code, and that version's secrets. */
export function bindVersion(
  tenant: Pick<Tenant, "state">,
  { action, bindingId }: { readonly action: Action; readonly bindingId: string },
  version: ActionVersion,
): LiveAction {
  const names = { actionName: action.name, versionId: version.id };
  return {
    bound: { ...names, bindingId, actionId: action.id, secrets: readSecrets(version) },
    source: {
      ...names,
      code: version.code,
      dependencies: version.dependencies,
      modules: version.modules.flatMap((ref) => readModule(tenant, ref)),
    },
  };
}

function readModule(tenant: Pick<Tenant, "state">, { module_id, module_version_id }: ActionModuleRef): SourceModule[] {
  const module = tenant.state.actionModules.get(module_id);
  const version = tenant.state.actionModuleVersions.get(module_version_id);
  if (module === undefined || version === undefined) return [];
  const { code, dependencies } = version;
  return [{ name: module.name, code, dependencies, secrets: readSecrets(version) }];
}

function readSecrets({ secrets }: Pick<ActionVersion, "secrets">): Record<string, string> {
  return Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
}
