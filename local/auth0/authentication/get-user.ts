import { LoginRequired, UserBlocked } from "../oauth-error.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";

/**
 * The user of a session, who may be gone or blocked since it began: read anew wherever a login goes on.
 *
 * @throws {OAuthError}
 */
export function getUser({ users }: Pick<TenantState, "users">, userId: string): User {
  const user = users.get(userId);
  if (user === undefined) throw new LoginRequired();
  if (user.blocked === true) throw new UserBlocked();
  return user;
}
