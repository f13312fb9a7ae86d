import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { findUserInConnection } from "../../users/find.ts";
import { type Registration, registerUser } from "../../users/register-user.ts";
import { RegistrationRefused } from "../../users/user-error.ts";
import type { Caller } from "../caller.ts";
import { writeLog } from "../log-event.ts";

/**
 * Whoever holds the address, made at the first login: the code has proved that it is theirs. Actions see the registration; what they
 * set is not stored (Auth0 docs, "Pre-user Registration": metadata is for databases).
 *
 * @throws {RegistrationRefused} an Action did not let the user be made
 */
export async function ensurePasswordlessUser(
  tenant: Tenant,
  connection: Connection,
  to: string,
  { caller, ...how }: Registration & { readonly caller: Caller },
): Promise<User> {
  const isEmail = connection.strategy === "email";
  const known = findUserInConnection(tenant.state, connection.name, isEmail ? "email" : "phone_number", to);
  if (known !== undefined) return known;
  const given = isEmail ? { email: to, email_verified: true } : { phone_number: to, phone_verified: true };
  try {
    const { user } = await registerUser(tenant, connection, given, how);
    return user;
  } catch (error) {
    if (error instanceof RegistrationRefused) {
      const { actions, reason } = error;
      const event = { caller, client: how.client, connection: connection.name };
      writeLog(tenant, { ...event, type: "fs", description: reason, details: { actions } });
    }
    throw error;
  }
}

/** The passwordless connection of this kind: `email` or `sms`. */
export function findPasswordless(
  { connections }: Pick<TenantState, "connections">,
  strategy: unknown,
): Connection | undefined {
  if (strategy !== "email" && strategy !== "sms") return undefined;
  return connections.find((connection) => connection.strategy === strategy);
}
