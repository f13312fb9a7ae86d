import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { type Identifier, identifierKey, linkedKey } from "../state/user-keys.ts";

/** The user of this id, or the one whom it was linked to. */
export function findUserOrPrimary({ users }: Pick<TenantState, "users">, userId: string): User | undefined {
  return users.get(userId) ?? users.findBy(linkedKey(userId))[0];
}

/** The user who has this email, username or phone number in this connection, also by an identity that was linked. */
export function findUserInConnection(
  { users }: Pick<TenantState, "users">,
  connection: string,
  name: Identifier,
  value: string,
): User | undefined {
  const expected = value.toLowerCase();
  const isSame = (found: unknown) => typeof found === "string" && found.toLowerCase() === expected;
  return users
    .findBy(identifierKey(name, value))
    .find(({ identities, ...profile }) =>
      identities.some(
        (identity, index) =>
          identity.connection === connection && isSame(index === 0 ? profile[name] : identity.profileData?.[name]),
      ),
    );
}
