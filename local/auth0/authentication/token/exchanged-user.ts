import type { ExchangedUser } from "../../actions/api/custom-token-exchange.ts";
import { findConnection, isEnabledFor } from "../../connections.ts";
import { InvalidRequest } from "../../oauth-error.ts";
import type { Client, Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import { userIdOf } from "../../state/user-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { createUser } from "../../users/create-user.ts";
import { findUserOrPrimary } from "../../users/find.ts";
import { UserError } from "../../users/user-error.ts";
import { changeUser } from "../../users/write-users.ts";

/** What people are told apart and reached by: an exchange does not change these of a user who is there. */
const FIXED = ["email", "email_verified", "phone_number", "phone_verified", "username"] as const;

type ByConnection = Extract<ExchangedUser, { readonly by: "connection" }>;

interface Exchanged {
  readonly user: User;
  readonly connection: Connection;
}

/**
 * The user whom the Action named: found, made or brought up to date, as it asked.
 *
 * @throws {OAuthError} `invalid_request`
 */
export async function ensureExchangedUser(
  tenant: Pick<Tenant, "clock" | "state">,
  client: Client,
  given: ExchangedUser,
): Promise<Exchanged> {
  if (given.by === "connection") {
    const connection = getConnection(tenant, client, given.connection);
    return { connection, user: await ensureUserOf(tenant, connection, given) };
  }
  const user = tenant.state.users.get(given.userId);
  if (user === undefined) throw new InvalidRequest("The user does not exist.");
  return { user, connection: getConnection(tenant, client, user.identities[0]?.connection ?? "") };
}

function getConnection({ state }: Pick<Tenant, "state">, client: Client, name: string): Connection {
  const connection = findConnection(state, name);
  if (connection !== undefined && isEnabledFor(connection, client)) return connection;
  throw new InvalidRequest(`The connection ${name} is not enabled for the client.`);
}

async function ensureUserOf(
  tenant: Pick<Tenant, "clock" | "state">,
  connection: Connection,
  { options, user: { user_id: id, verify_email: _, ...profile } }: ByConnection,
): Promise<User> {
  const known = findUserOrPrimary(tenant.state, userIdOf({ provider: connection.strategy, user_id: id }));
  if (known !== undefined) {
    return options.updateBehavior === "none" ? known : updateUser(tenant, known, profile);
  }
  if (options.creationBehavior === "none") throw new InvalidRequest("The user does not exist.");
  try {
    return await createUser(tenant, connection, { id, ...profile }, { isPasswordNeeded: false });
  } catch (error) {
    if (error instanceof UserError) throw new InvalidRequest(error.message);
    throw error;
  }
}

function updateUser(
  tenant: Pick<Tenant, "clock" | "state">,
  known: User,
  profile: Readonly<Record<string, unknown>>,
): User {
  const other = FIXED.find((name) => profile[name] !== undefined && profile[name] !== known[name]);
  if (other !== undefined) throw new InvalidRequest(`An exchange cannot change the ${other} of a user.`);
  return changeUser(tenant, known.user_id, (user) => ({ ...user, ...profile })) ?? known;
}
