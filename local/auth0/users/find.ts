import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { userIdOf } from "./profile.ts";

/** The user of this id, or the one whom it was linked to. */
export function findUserOrPrimary({ users }: Pick<TenantState, "users">, userId: string): User | undefined {
  return (
    users.get(userId) ?? users.find(({ identities }) => identities.some((identity) => userIdOf(identity) === userId))
  );
}

/** The user who has this email, username or phone number in this connection, also by an identity that was linked. */
export function findUserInConnection(
  { users }: Pick<TenantState, "users">,
  connection: string,
  key: "email" | "username" | "phone_number",
  value: string,
): User | undefined {
  const expected = value.toLowerCase();
  const isSame = (found: unknown) => typeof found === "string" && found.toLowerCase() === expected;
  const isUser = ({ identities, ...profile }: User): boolean =>
    identities.some(
      (identity, index) =>
        identity.connection === connection && isSame(index === 0 ? profile[key] : identity.profileData?.[key]),
    );
  const byEmail = key === "email" ? users.findBy(expected).find(isUser) : undefined;
  return byEmail ?? users.find(isUser);
}
