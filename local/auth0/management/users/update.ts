import type { Identity, User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { setPassword } from "../../users/set-password.ts";
import { changeUser } from "../../users/write-users.ts";
import { ManagementError } from "../error.ts";
import { mergeKeys, withoutNulls } from "../merge.ts";
import { getUser } from "../records/user.ts";
import { checkAllowed, checkExclusive, checkIsFree } from "./check-update.ts";

export interface UserUpdate extends Readonly<Record<string, unknown>> {
  readonly email?: string | null;
  readonly phone_number?: string | null;
  readonly username?: string | null;
  readonly email_verified?: boolean;
  readonly phone_verified?: boolean;
  readonly password?: string | null;
  readonly connection?: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
}

/** Fields of the account that a person logs in with: of the identity, not of the user, once users are linked. */
const ACCOUNT_FIELDS = ["email", "email_verified", "phone_number", "phone_verified", "username"] as const;

/**
 * Changes a user as the body says.
 *
 * @throws {ManagementError | UserError} the latter for a password that is not good enough
 */
export async function updateUser(
  tenant: Pick<Tenant, "clock" | "state">,
  id: string,
  update: UserUpdate,
): Promise<User> {
  const user = getUser(tenant.state, id);
  checkExclusive(update);
  const { identity, index } = getIdentity(user, update.connection);
  const connection = tenant.state.connections.find(({ name }) => name === identity.connection);
  checkAllowed(user, identity, connection, update);
  checkIsFree(tenant.state, user, identity, update);
  if (typeof update.password === "string" && connection !== undefined) {
    await setPassword(tenant.state, connection, user, identity, update.password);
  }

  const changed = changeUser(tenant, id, (current, now) => applyUpdate(current, identity, index, update, now));
  // Deleted while the password was hashed.
  return changed ?? getUser(tenant.state, id);
}

function applyUpdate(user: User, { profileData = {} }: Identity, index: number, update: UserUpdate, now: string) {
  const { connection: _, client_id, verify_email, verify_phone_number, password, ...rest } = update;
  const { app_metadata, user_metadata, ...fields } = rest;
  const account = toAccountChanges(index === 0 ? user : profileData, fields);
  return withoutNulls({
    ...user,
    ...Object.fromEntries(Object.entries(fields).filter(([key]) => !isAccountField(key))),
    ...(index === 0 && account),
    ...(user_metadata !== undefined && { user_metadata: mergeMetadata(user.user_metadata, user_metadata) }),
    ...(app_metadata !== undefined && { app_metadata: mergeMetadata(user.app_metadata, app_metadata) }),
    ...(typeof password === "string" && { last_password_reset: now }),
    identities: index === 0 ? user.identities : withAccount(user.identities, index, account),
  }) as User;
}

/** At the first level: a key is replaced, null takes it away. An empty object takes everything away. */
function mergeMetadata(
  before: Readonly<Record<string, unknown>> | undefined,
  change: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.keys(change).length === 0 ? {} : mergeKeys(before, change);
}

function getIdentity(user: User, connection: string | undefined): { identity: Identity; index: number } {
  const index = connection === undefined ? 0 : user.identities.findIndex((one) => one.connection === connection);
  const identity = user.identities[index];
  if (identity === undefined) {
    throw new ManagementError(400, `The user has no identity in the connection ${connection}`, "invalid_body");
  }
  return { identity, index };
}

/** A new email or number is not verified, unless the update says so. */
function toAccountChanges(
  before: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {};
  for (const field of ACCOUNT_FIELDS) if (fields[field] !== undefined) changes[field] = fields[field];
  if (typeof changes.email === "string") {
    changes.email = changes.email.toLowerCase();
    if (changes.email !== before.email && fields.email_verified === undefined) changes.email_verified = false;
  }
  const isNewNumber = typeof changes.phone_number === "string" && changes.phone_number !== before.phone_number;
  if (isNewNumber && fields.phone_verified === undefined) changes.phone_verified = false;
  return changes;
}

function isAccountField(key: string): boolean {
  return (ACCOUNT_FIELDS as readonly string[]).includes(key);
}

function withAccount(
  identities: readonly Identity[],
  index: number,
  account: Readonly<Record<string, unknown>>,
): readonly Identity[] {
  return identities.map((identity, at) =>
    at === index ? { ...identity, profileData: mergeKeys(identity.profileData, account) } : identity,
  );
}
