import type { Role } from "../../state/role.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getRole(tenant: Tenant, id: string): Role {
  const role = tenant.state.roles.get(id);
  if (role === undefined) throw new ManagementError(404, "The role does not exist.");
  return role;
}
