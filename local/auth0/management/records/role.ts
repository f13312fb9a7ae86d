import type { Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

/** Throws 404. */
export function getRole({ roles }: Pick<TenantState, "roles">, id = ""): Role {
  return getOr404(roles.get(id), "The role does not exist.");
}
