import { hashPassword, isPassword } from "../passwords.ts";
import type { Connection } from "../state/resources.ts";
import type { Identity, User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import { checkPassword } from "./password-policy.ts";
import { userIdOf } from "./profile.ts";

/** Gives a database identity a new password. Throws what `checkPassword` throws. */
export async function setPassword(
  tenant: Tenant,
  connection: Connection,
  user: User,
  identity: Identity,
  password: string,
): Promise<void> {
  checkPassword(connection, password, identity.profileData ?? user);
  const id = userIdOf(identity);
  tenant.state.passwords.set(id, { id, hash: await hashPassword(password) });
}

/** Whether this is the password of the database identity; as slow for one that has none. */
export function isPasswordOf(tenant: Tenant, identity: Identity | undefined, password: string): Promise<boolean> {
  const hash = identity === undefined ? undefined : tenant.state.passwords.get(userIdOf(identity))?.hash;
  return isPassword(password, hash);
}
