import type { ResourceServer } from "../../state/resources.ts";
import type { PermissionRef } from "../../state/role.ts";
import type { Tenant } from "../../tenant.ts";
import { removeClientGrant } from "../client-grants/remove.ts";

/** Removes an API with what only made sense with it: the grants on it, and its permissions wherever they are assigned. */
export function removeResourceServer(tenant: Tenant, { id, identifier }: ResourceServer): void {
  tenant.state.resourceServers.delete(id);
  for (const grant of tenant.state.clientGrants.filter((candidate) => candidate.audience === identifier)) {
    removeClientGrant(tenant, grant.id);
  }
  removePermissions(tenant, (permission) => permission.resource_server_identifier === identifier);
}

/** Takes the permissions that match away from every role and user. */
export function removePermissions(tenant: Tenant, matches: (permission: PermissionRef) => boolean): void {
  for (const role of tenant.state.roles.filter(({ permissions }) => permissions.some(matches))) {
    const permissions = role.permissions.filter((permission) => !matches(permission));
    tenant.state.roles.set(role.id, { ...role, permissions });
  }
  for (const assigned of tenant.state.assignments.filter(({ permissions }) => permissions.some(matches))) {
    const permissions = assigned.permissions.filter((permission) => !matches(permission));
    tenant.state.assignments.set(assigned.user_id, { ...assigned, permissions });
  }
}
