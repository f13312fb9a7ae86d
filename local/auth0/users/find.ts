import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";

/** The user who has this email, username or phone number in this connection, also by an identity that was linked. */
export function findUserInConnection(
  tenant: Tenant,
  connection: string,
  key: "email" | "username" | "phone_number",
  value: string,
): User | undefined {
  const expected = value.toLowerCase();
  const isSame = (found: unknown) => typeof found === "string" && found.toLowerCase() === expected;
  return tenant.state.users.find(({ identities, ...profile }) =>
    identities.some(
      (identity, index) =>
        identity.connection === connection && isSame(index === 0 ? profile[key] : identity.profileData?.[key]),
    ),
  );
}
