import { isDeepStrictEqual } from "node:util";
import { newId } from "../../ids.ts";
import type { Action, ActionContent, ActionVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { nanoTime } from "../../timestamps.ts";

/** Auth0 docs, "Entity Limit Policy": the oldest version that is not in use makes room. */
const KEPT_VERSIONS = 50;

/** What of a tenant says which version of an Action is live, and since when. */
export type VersionRecords = Pick<Tenant, "actionBuilds" | "clock" | "state">;

/** The version that runs: the newest whose deploy is over. Undefined for an Action that was never deployed. */
export function findLiveVersion(tenant: VersionRecords, action: Action): ActionVersion | undefined {
  const now = tenant.clock();
  for (const id of action.version_ids.toReversed()) {
    const version = tenant.state.actionVersions.get(id);
    if (version !== undefined && isDeployed(tenant, version, now)) return version;
  }
  return undefined;
}

/** Versions that are kept, the newest first. */
export function listVersions(tenant: Pick<Tenant, "state">, action: Action): readonly ActionVersion[] {
  return action.version_ids.toReversed().flatMap((id) => tenant.state.actionVersions.get(id) ?? []);
}

/**
 * Makes a version of this content and lets it go live. `startsIn` is how many milliseconds the deploy has to wait, for
 * an Action that is to be deployed once it is built.
 */
export function deployVersion(
  tenant: VersionRecords,
  action: Action,
  { code, runtime, dependencies, secrets, modules }: ActionContent,
  startsIn = 0,
): ActionVersion {
  const number = action.last_version_number + 1;
  const id = newId.uuid();
  const created_at = nanoTime(tenant.clock, startsIn);
  const { deployingFor } = tenant.actionBuilds;
  const version = tenant.state.actionVersions.set(id, {
    id,
    action_id: action.id,
    number,
    code,
    runtime,
    dependencies,
    secrets,
    modules,
    supported_triggers: action.supported_triggers,
    requested_at: tenant.clock() + startsIn,
    created_at,
    built_at: nanoTime(tenant.clock, startsIn + deployingFor),
    updated_at: nanoTime(tenant.clock, startsIn + deployingFor),
  });
  const version_ids = dropOldest(tenant, action, [...action.version_ids, id]);
  tenant.state.actions.set(action.id, { ...action, last_version_number: number, version_ids });
  return version;
}

/** Whether a deploy would change anything: what is compared is what runs, not the dates of its secrets. */
export function isSameContent(one: ActionContent, other: ActionContent): boolean {
  const essence = ({ code, runtime, dependencies, secrets, modules }: ActionContent) => [
    code,
    runtime,
    dependencies,
    secrets.map(({ name, value }) => ({ name, value })),
    modules,
  ];
  return isDeepStrictEqual(essence(one), essence(other));
}

export function isDeployed(
  tenant: Pick<Tenant, "actionBuilds" | "clock">,
  version: ActionVersion,
  now = tenant.clock(),
): boolean {
  return now >= version.requested_at + tenant.actionBuilds.deployingFor;
}

function dropOldest(tenant: VersionRecords, action: Action, ids: readonly string[]): readonly string[] {
  if (ids.length <= KEPT_VERSIONS) return ids;
  const live = findLiveVersion(tenant, action)?.id;
  const unused = ids.find((id) => id !== live);
  if (unused === undefined) return ids;
  tenant.state.actionVersions.delete(unused);
  return ids.filter((id) => id !== unused);
}
