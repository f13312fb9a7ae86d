import { createHash } from "node:crypto";
import type { Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import { userIdOf } from "../../state/user-keys.ts";
import type { Tenant } from "../../tenant.ts";
import { createUser } from "../../users/create-user.ts";
import { findUserOrPrimary } from "../../users/find.ts";
import { changeUser } from "../../users/write-users.ts";

/** What the provider says of the person: whether an email address is verified is its word, not ours. */
export interface ProviderProfile {
  /** What the person is called there; the same account is the same user, whatever else changes. */
  readonly account: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/**
 * The user of a provider's account, made at the first login. Later ones bring the profile up to date, as Auth0 does; it
 * belongs to a linked user's own identity only if that is the first one.
 */
export async function ensureProviderUser(
  tenant: Pick<Tenant, "clock" | "state">,
  connection: Connection,
  { account, ...profile }: ProviderProfile,
): Promise<User> {
  const id = accountId(connection, account);
  const identityId = userIdOf({ provider: connection.strategy, user_id: id });
  const own = changeUser(tenant, identityId, (user) => ({ ...user, ...profile }));
  if (own !== undefined) return own;
  return findUserOrPrimary(tenant.state, identityId) ?? createUser(tenant, connection, { id, ...profile });
}

/** 21 digits, as Google's are: always the same for an account of a connection. */
function accountId(connection: Connection, account: string): string {
  const hash = createHash("sha256").update(`${connection.name}:${account.toLowerCase()}`).digest("hex");
  return BigInt(`0x${hash}`).toString().slice(0, 21);
}
