import { type Profile, readUserIds } from "../shared/trusted-email.ts";

/** Who is logging in, as far as ownership of a customer goes. */
export interface Person {
  userId: string;
  /** `userId` and those of the identities linked to it. */
  userIds: readonly string[];
  /** Of the identities linked to it. */
  otherEmails: readonly string[];
}

export function readPerson(user: Profile): Person {
  const identities = user.identities ?? [];
  return {
    userId: user.user_id,
    userIds: readUserIds(user),
    otherEmails: identities.flatMap(({ profileData }) => String(profileData?.email ?? "") || []),
  };
}
