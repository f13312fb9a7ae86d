import type { Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getRole({ roles }: Pick<TenantState, "roles">, id: string): Role {
  const role = roles.get(id);
  if (role === undefined) throw new ManagementError(404, "The role does not exist.");
  return role;
}
