import { findPermission } from "../../permissions.ts";
import type { PermissionRef } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

/** Throws 404 for an API that does not exist, 400 for a scope that it does not define; nothing may be assigned then. */
export function checkPermissionsExist(
  state: Pick<TenantState, "resourceServers">,
  permissions: readonly PermissionRef[],
): void {
  for (const permission of permissions) {
    const { resource_server_identifier: identifier, permission_name: name } = permission;
    if (state.resourceServers.find((api) => api.identifier === identifier) === undefined) {
      throw new ManagementError(404, `The resource server does not exist: '${identifier}'`);
    }
    if (findPermission(state, permission) === undefined) {
      throw new ManagementError(400, `Permission '${name}' does not exist on resource server '${identifier}'.`);
    }
  }
}
