import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404 `inexistent_user`. */
export function getUser(tenant: Tenant, id: string): User {
  const user = tenant.state.users.get(id);
  if (user === undefined) throw new ManagementError(404, "The user does not exist.", "inexistent_user");
  return user;
}
