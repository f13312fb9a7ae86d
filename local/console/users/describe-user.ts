import { assignmentsOf } from "../../auth0/permissions.ts";
import type { User } from "../../auth0/state/user.ts";
import type { Tenant } from "../../auth0/tenant.ts";

export interface UserRow {
  readonly id: string;
  /** Email, number, user name, or the id. */
  readonly name: string;
  readonly connection: string;
  readonly isVerified: boolean;
  readonly isBlocked: boolean;
  /** Names. */
  readonly roles: readonly string[];
  readonly logins: number;
}

export function describeUser(tenant: Tenant, user: User): UserRow {
  const { user_id: id, email, phone_number, username, identities, blocked = false, logins_count = 0 } = user;
  return {
    id,
    name: email ?? phone_number ?? username ?? id,
    connection: identities[0]?.connection ?? "",
    isVerified: user.email_verified === true || user.phone_verified === true,
    isBlocked: blocked,
    roles: assignmentsOf(tenant, id).roles.flatMap((role) => tenant.state.roles.get(role)?.name ?? []),
    logins: logins_count,
  };
}
