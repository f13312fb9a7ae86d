import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { changeUser } from "../../users/write-users.ts";

/**
 * Counts a login. Auth0 does so when credentials were accepted, before Actions run and whatever they decide; single
 * sign-on, silent logins and refresh exchanges do not count.
 */
export function recordLogin(
  tenant: Pick<Tenant, "clock" | "state">,
  { user_id: id }: Pick<User, "user_id">,
  ip: string,
): void {
  changeUser(tenant, id, (user, now) => ({
    ...user,
    last_login: now,
    last_ip: ip,
    logins_count: (user.logins_count ?? 0) + 1,
  }));
}
