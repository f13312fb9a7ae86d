import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import { getOr404 } from "../error.ts";

/** Throws 404 `inexistent_user`. */
export function getUser({ users }: Pick<TenantState, "users">, id = ""): User {
  return getOr404(users.get(id), "The user does not exist.", "inexistent_user");
}
