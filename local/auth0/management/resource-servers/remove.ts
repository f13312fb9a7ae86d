import type { ResourceServer } from "../../state/resources.ts";
import type { PermissionRef } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { removeClientGrant } from "../client-grants/remove.ts";

/** Removes an API with what only made sense with it: the grants on it, and its permissions wherever they are assigned. */
export function removeResourceServer(state: TenantState, { id, identifier }: ResourceServer): void {
  state.resourceServers.delete(id);
  for (const grant of state.clientGrants.filter((candidate) => candidate.audience === identifier)) {
    removeClientGrant(state, grant.id);
  }
  removePermissions(state, (permission) => permission.resource_server_identifier === identifier);
}

/** Takes the permissions that match away from every role and user. */
export function removePermissions(
  { assignments, roles }: Pick<TenantState, "assignments" | "roles">,
  matches: (permission: PermissionRef) => boolean,
): void {
  for (const role of roles.filter(({ permissions }) => permissions.some(matches))) {
    const permissions = role.permissions.filter((permission) => !matches(permission));
    roles.set(role.id, { ...role, permissions });
  }
  for (const assigned of assignments.filter(({ permissions }) => permissions.some(matches))) {
    const permissions = assigned.permissions.filter((permission) => !matches(permission));
    assignments.set(assigned.user_id, { ...assigned, permissions });
  }
}
