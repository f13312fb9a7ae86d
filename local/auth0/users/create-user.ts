import { newId } from "../ids.ts";
import { hashPassword } from "../passwords.ts";
import type { Connection } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { IDENTIFIERS, userIdOf } from "../state/user-keys.ts";
import type { Tenant } from "../tenant.ts";
import { findUserInConnection, findUserOrPrimary } from "./find.ts";
import { listSignUpIdentifiers } from "./identifiers.ts";
import { checkPassword } from "./password-policy.ts";
import { UserError } from "./user-error.ts";
import { addUser } from "./write-users.ts";

/** What is known of a user to be made: the profile, and the password where the connection has passwords. */
export interface NewUser extends Readonly<Record<string, unknown>> {
  /** The provider's id for the user; made up where there is none. */
  readonly id?: string;
  readonly password?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly phone_number?: string;
  readonly username?: string;
}

interface CreateOptions {
  /** Of a database's user: one whom another party vouches for may have none. */
  readonly isPasswordNeeded?: boolean;
}

/** Strategies whose users Auth0 keeps itself: these can be created, and changed, through the API. */
export const DATABASE_STRATEGY = "auth0";
export const PASSWORDLESS_STRATEGIES: readonly string[] = ["email", "sms"];

/**
 * Makes a user of a connection, of any strategy: a sign-up, a first social login, or the API. Throws UserError with
 * `user_exists` for an email, a username, a phone number or an id that the connection has already, and what
 * `checkPassword` throws.
 */
export async function createUser(
  tenant: Pick<Tenant, "clock" | "state">,
  connection: Connection,
  given: NewUser,
  { isPasswordNeeded = true }: CreateOptions = {},
): Promise<User> {
  const { state } = tenant;
  const { id, password, ...fields } = given;
  const isDatabase = connection.strategy === DATABASE_STRATEGY;
  const profile = { ...fields, ...(fields.email !== undefined && { email: fields.email.toLowerCase() }) };
  if (isDatabase) checkDatabaseUser(connection, profile);
  if (isDatabase && isPasswordNeeded && password === undefined) {
    throw new UserError("password_required", "Payload validation error: 'Missing required property: password'.");
  }
  if (isDatabase && password !== undefined) checkPassword(connection, password, profile);
  const hash = isDatabase && password !== undefined ? await hashPassword(password) : undefined;

  // From here on nothing waits: two sign-ups with one email cannot both find it free.
  const identity = {
    connection: connection.name,
    user_id: id ?? newId.hex24(),
    provider: connection.strategy,
    isSocial: !isDatabase && !PASSWORDLESS_STRATEGIES.includes(connection.strategy),
  };
  const user_id = userIdOf(identity);
  checkIsNew(state, connection, user_id, profile, isDatabase || PASSWORDLESS_STRATEGIES.includes(connection.strategy));
  if (hash !== undefined) state.passwords.set(user_id, { id: user_id, hash });
  return addUser(tenant, {
    ...(profile.email !== undefined && { email_verified: false }),
    ...(profile.phone_number !== undefined && { phone_verified: false }),
    ...profile,
    identities: [identity],
    user_id,
  });
}

function checkDatabaseUser({ name, options }: Connection, user: Partial<User>): void {
  const ofUsername = listSignUpIdentifiers({ options }).find((one) => one.name === "username");
  const needsUsername = ofUsername?.isRequired === true;
  if (user.username !== undefined && ofUsername === undefined) {
    throw new UserError("username_not_allowed", "Cannot set username for connection without requires_username.");
  }
  if (user.username === undefined && needsUsername) {
    const message = `Missing username for ${name} connection with requires_username enabled`;
    throw new UserError("username_required", message);
  }
  if (user.email === undefined && user.phone_number === undefined && user.username === undefined) {
    throw new UserError("missing_identifier", "Payload validation error: 'Missing required property: email'.");
  }
}

/** A provider outside may give two of its users one email; a store of Auth0's own does not. */
function checkIsNew(
  state: Pick<TenantState, "users">,
  connection: Connection,
  userId: string,
  user: Partial<User>,
  hasUniqueFields: boolean,
): void {
  const isTaken =
    // A linked identity keeps its id, so that unlinking can give it back.
    findUserOrPrimary(state, userId) !== undefined ||
    (hasUniqueFields &&
      IDENTIFIERS.some((key) => {
        const value = user[key];
        return value !== undefined && findUserInConnection(state, connection.name, key, value) !== undefined;
      }));
  if (isTaken) throw new UserError("user_exists", "The user already exists.");
}
