import type { User } from "../state/user.ts";

/** OpenID Connect Core §5.4: which claims a scope asks for. Those that the user does not have are left out. */
const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  profile: [
    "nickname",
    "name",
    "picture",
    "updated_at",
    "given_name",
    "family_name",
    "middle_name",
    "preferred_username",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
  ],
  email: ["email", "email_verified"],
  address: ["address"],
  phone: ["phone_number"],
};

export function readProfileClaims(user: User, scopes: readonly string[]): Record<string, unknown> {
  const names = Object.entries(CLAIMS_OF_SCOPE).flatMap(([scope, claims]) => (scopes.includes(scope) ? claims : []));
  const claims = names.filter((name) => user[name] !== undefined).map((name) => [name, user[name]] as const);
  const isPhoneShown = scopes.includes("phone") && user.phone_number !== undefined;
  return {
    ...Object.fromEntries(claims),
    ...(isPhoneShown && { phone_number_verified: user.phone_verified === true }),
  };
}
