import type { Identity, User } from "./user.ts";

/** What a person is called by: no two users of a connection of Auth0's own share one. */
export const IDENTIFIERS = ["email", "username", "phone_number"] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/** `auth0|abc`: how an identity's user is called while it is a user of its own. */
export function userIdOf({ provider, user_id }: Pick<Identity, "provider" | "user_id">): string {
  return `${provider}|${user_id}`;
}

/** Of the users of whom an identity has this identifier, without regard to case. */
export const identifierKey = (name: Identifier, value: string): string => `${name}:${value.toLowerCase()}`;

/** Of the user to whom a user of this id was linked. */
export const linkedKey = (userId: string): string => `linked:${userId}`;

/** By which a user is found, besides the id. */
export function listUserKeys({ identities, ...profile }: User): readonly string[] {
  const [, ...linked] = identities;
  const profiles: readonly Readonly<Record<string, unknown>>[] = [
    profile,
    ...linked.map(({ profileData = {} }) => profileData),
  ];
  const keys = new Set(linked.map((identity) => linkedKey(userIdOf(identity))));
  for (const one of profiles) {
    for (const name of IDENTIFIERS) {
      const value = one[name];
      if (typeof value === "string") keys.add(identifierKey(name, value));
    }
  }
  return [...keys];
}
