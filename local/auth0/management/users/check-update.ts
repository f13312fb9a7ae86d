import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Identity, User } from "../../state/user.ts";
import { IDENTIFIERS } from "../../state/user-keys.ts";
import { DATABASE_STRATEGY, PASSWORDLESS_STRATEGIES } from "../../users/create-user.ts";
import { findUserInConnection } from "../../users/find.ts";
import { listSignUpIdentifiers } from "../../users/identifiers.ts";
import { ManagementError } from "../error.ts";
import type { UserUpdate } from "./update.ts";

const NAMES = ["family_name", "given_name", "name", "nickname", "picture"] as const;
/** Auth0 changes one of a pair at a time. */
const EXCLUSIVE = [
  ["password", "email"],
  ["password", "email_verified"],
  ["password", "phone_number"],
  ["username", "email"],
  ["username", "email_verified"],
  ["username", "password"],
  ["email", "phone_number"],
] as const;

export function checkExclusive(update: UserUpdate): void {
  for (const [one, other] of EXCLUSIVE) {
    if (update[one] !== undefined && update[other] !== undefined) {
      throw new ManagementError(400, `Cannot update ${one} and ${other} simultaneously`, "invalid_body");
    }
  }
}

/** What an external identity provider says of its user cannot be changed here. */
export function checkAllowed(
  user: User,
  identity: Identity,
  connection: Connection | undefined,
  update: UserUpdate,
): void {
  const isStoredHere =
    identity.provider === DATABASE_STRATEGY || PASSWORDLESS_STRATEGIES.includes(connection?.strategy ?? "");
  if (update.password !== undefined && identity.provider !== DATABASE_STRATEGY) {
    throw new ManagementError(400, "Cannot update password for non-database connections.", "invalid_body");
  }
  if (update.username !== undefined && !takesUsername(connection)) {
    const message = "Cannot set username for connection without requires_username.";
    throw new ManagementError(400, message, "invalid_body");
  }
  if (isStoredHere) return;
  for (const field of ["email", "email_verified", "phone_number", "phone_verified"] as const) {
    if (update[field] !== undefined) {
      throw new ManagementError(400, `Cannot update ${field} for this user`, "invalid_body");
    }
  }
  const synced = connection?.options.set_user_root_attributes !== "on_first_login";
  const names = NAMES.filter((field) => update[field] !== undefined);
  if (synced && names.length > 0 && user.identities[0] === identity) {
    throw new ManagementError(
      400,
      `The following user attributes cannot be updated: ${names.join(", ")}. The connection (${identity.connection}) must either be a database connection (using the Auth0 store), a passwordless connection (email or sms) or has disabled 'Sync user profile attributes at each login'. For more information, see https://auth0.com/docs/dashboard/guides/connections/configure-connection-sync`,
      "invalid_body",
    );
  }
}

function takesUsername(connection: Connection | undefined): boolean {
  return connection !== undefined && listSignUpIdentifiers(connection).some(({ name }) => name === "username");
}

export function checkIsFree(
  state: Pick<TenantState, "users">,
  user: User,
  identity: Identity,
  update: UserUpdate,
): void {
  for (const field of IDENTIFIERS) {
    const value = update[field];
    if (typeof value !== "string") continue;
    const owner = findUserInConnection(state, identity.connection, field, value);
    if (owner !== undefined && owner.user_id !== user.user_id) {
      throw new ManagementError(400, `The specified new ${field} already exists`, "auth0_idp_error");
    }
  }
}
