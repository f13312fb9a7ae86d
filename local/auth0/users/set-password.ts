import { hashPassword, isPassword } from "../passwords.ts";
import type { Connection } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Identity, User } from "../state/user.ts";
import { userIdOf } from "../state/user-keys.ts";
import { checkPassword } from "./password-policy.ts";

/** Gives a database identity a new password. Throws what `checkPassword` throws. */
export async function setPassword(
  { passwords }: Pick<TenantState, "passwords">,
  connection: Connection,
  user: User,
  identity: Identity,
  password: string,
): Promise<void> {
  checkPassword(connection, password, identity.profileData ?? user);
  const id = userIdOf(identity);
  passwords.set(id, { id, hash: await hashPassword(password) });
}

/** Whether this is the password of the database identity; as slow for one that has none. */
export function isPasswordOf(
  { passwords }: Pick<TenantState, "passwords">,
  identity: Identity | undefined,
  password: string,
): Promise<boolean> {
  const hash = identity === undefined ? undefined : passwords.get(userIdOf(identity))?.hash;
  return isPassword(password, hash);
}
