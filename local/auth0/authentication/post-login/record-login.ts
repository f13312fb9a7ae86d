import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";

/**
 * Counts a login. Auth0 does so when credentials were accepted, before Actions run and whatever they decide; single
 * sign-on, silent logins and refresh exchanges do not count.
 */
export function recordLogin(tenant: Tenant, { user_id: id }: Pick<User, "user_id">, ip: string): void {
  const user = tenant.state.users.get(id);
  if (user === undefined) return;
  const now = new Date(tenant.clock()).toISOString();
  tenant.state.users.set(id, {
    ...user,
    last_login: now,
    last_ip: ip,
    logins_count: (user.logins_count ?? 0) + 1,
    updated_at: now,
  });
}
