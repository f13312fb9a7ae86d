import type { ResourceServer } from "./state/resources.ts";
import type { Assignments, PermissionRef } from "./state/role.ts";
import type { TenantState } from "./state/tenant-state.ts";
import type { Tenant } from "./tenant.ts";

/** Roles and direct permissions of a user; empty for one who was never assigned any. */
export function assignmentsOf({ state }: Pick<Tenant, "state">, userId: string): Assignments {
  return state.assignments.get(userId) ?? { user_id: userId, roles: [], permissions: [] };
}

/** Changes what a user was assigned. */
export function changeAssignments(
  tenant: Pick<Tenant, "state">,
  userId: string,
  change: (held: Assignments) => Partial<Omit<Assignments, "user_id">>,
): void {
  const held = assignmentsOf(tenant, userId);
  tenant.state.assignments.set(userId, { ...held, ...change(held) });
}

export function isSamePermission(one: PermissionRef, other: PermissionRef): boolean {
  return (
    one.permission_name === other.permission_name && one.resource_server_identifier === other.resource_server_identifier
  );
}

/** `held` and what of `added` is not among it. */
export function addPermissions(
  held: readonly PermissionRef[],
  added: readonly PermissionRef[],
): readonly PermissionRef[] {
  const result = [...held];
  for (const { resource_server_identifier, permission_name } of added) {
    const permission = { resource_server_identifier, permission_name };
    if (!result.some((other) => isSamePermission(other, permission))) result.push(permission);
  }
  return result;
}

export function removePermissions(
  held: readonly PermissionRef[],
  removed: readonly PermissionRef[],
): readonly PermissionRef[] {
  return held.filter((permission) => !removed.some((other) => isSamePermission(other, permission)));
}

/** The scope's description and its API, or undefined when no API of the tenant defines it. */
export function findPermission(
  { resourceServers }: Pick<TenantState, "resourceServers">,
  { resource_server_identifier, permission_name }: PermissionRef,
): { readonly api: ResourceServer; readonly description: string | undefined } | undefined {
  const api = resourceServers.find((candidate) => candidate.identifier === resource_server_identifier);
  const scope = api?.scopes?.find((candidate) => candidate.value === permission_name);
  return api === undefined || scope === undefined ? undefined : { api, description: scope.description };
}
