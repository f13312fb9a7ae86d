import type { Event } from "@auth0/actions/post-login/v3";

/** Who is logging in, as far as ownership of a customer goes. */
export interface Person {
  userId: string;
  /** `userId` and those of the identities linked to it: each was a user of its own once. */
  userIds: readonly string[];
  /** The connection that vouches for the email: that of the identity the profile comes from. Empty if there is none. */
  emailConnection: string;
  /** Of the identities linked to it. */
  otherEmails: readonly string[];
}

export const readPerson = ({ user }: Event): Person => {
  const identities = (user.identities ?? []).flatMap(({ provider, user_id: id, connection, profileData }) =>
    provider && id ? [{ userId: `${provider}|${id}`, connection, email: profileData?.email }] : [],
  );
  return {
    userId: user.user_id,
    userIds: [user.user_id, ...identities.map(({ userId }) => userId)],
    emailConnection: identities.find(({ userId }) => userId === user.user_id)?.connection ?? "",
    otherEmails: identities.flatMap(({ email }) => (typeof email === "string" && email ? [email] : [])),
  };
};
