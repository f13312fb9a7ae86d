import { findConnection } from "../../../connections.ts";
import type { Connection } from "../../../state/resources.ts";
import type { Identity, User } from "../../../state/user.ts";
import { userIdOf } from "../../../state/user-keys.ts";
import type { Tenant } from "../../../tenant.ts";
import { findTicket } from "../../tickets.ts";

/** Whose password a link is for. */
export interface ResetAccount {
  readonly user: User;
  readonly identity: Identity;
  readonly connection: Connection;
  /** Whether to have read the mail counts as proof of the address. */
  readonly verifiesEmail: boolean;
  readonly clientId: string | undefined;
}

export function findAccount(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  ticket: string,
): ResetAccount | undefined {
  const { state } = tenant;
  const found = findTicket(tenant, ticket, "password-reset");
  const user = found === undefined ? undefined : state.users.get(found.userId);
  const identity = user?.identities.find((candidate) => userIdOf(candidate) === found?.identityId);
  const connection = identity === undefined ? undefined : findConnection(state, identity.connection);
  if (user === undefined || identity === undefined || connection === undefined) return undefined;
  return { user, identity, connection, verifiesEmail: found?.verifiesEmail === true, clientId: found?.clientId };
}
