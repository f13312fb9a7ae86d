import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { createUser } from "../../users/create-user.ts";
import { findUserInConnection } from "../../users/find.ts";

/** Whoever holds the address, made at the first login: the code has proved that it is theirs. */
export async function ensurePasswordlessUser(
  tenant: Pick<Tenant, "clock" | "state">,
  connection: Connection,
  to: string,
): Promise<User> {
  const isEmail = connection.strategy === "email";
  const known = findUserInConnection(tenant.state, connection.name, isEmail ? "email" : "phone_number", to);
  if (known !== undefined) return known;
  return createUser(
    tenant,
    connection,
    isEmail ? { email: to, email_verified: true } : { phone_number: to, phone_verified: true },
  );
}

/** The passwordless connection of this kind: `email` or `sms`. */
export function findPasswordless(
  { connections }: Pick<TenantState, "connections">,
  strategy: unknown,
): Connection | undefined {
  if (strategy !== "email" && strategy !== "sms") return undefined;
  return connections.find((connection) => connection.strategy === strategy);
}
