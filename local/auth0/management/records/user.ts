import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import { ManagementError } from "../error.ts";

/** Throws 404 `inexistent_user`. */
export function getUser({ users }: Pick<TenantState, "users">, id: string): User {
  const user = users.get(id);
  if (user === undefined) throw new ManagementError(404, "The user does not exist.", "inexistent_user");
  return user;
}
