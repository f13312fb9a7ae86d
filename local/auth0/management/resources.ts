import type { Tenant } from "../tenant.ts";
import type { Endpoint, Resource } from "./endpoint.ts";
import { rolePermissions } from "./roles/permissions.ts";
import { roles } from "./roles/roles.ts";
import { roleUsers } from "./roles/users.ts";
import { tenantSettings } from "./tenant-settings.ts";

/** Every kind of resource that this tenant has, a file each. What is not here answers 404. */
const RESOURCES: readonly Resource[] = [tenantSettings, roles, rolePermissions, roleUsers];

export function listEndpoints(tenant: Tenant): readonly Endpoint[] {
  return RESOURCES.flatMap((resource) => resource(tenant));
}

/** All scopes of the Management API of this tenant: what the deploying client is granted. */
export function listManagementScopes(endpoints: readonly Endpoint[]): readonly string[] {
  return [...new Set(endpoints.flatMap((endpoint) => endpoint.scopes))].sort();
}
