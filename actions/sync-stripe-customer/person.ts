import type { Event } from "@auth0/actions/post-login/v3";

/** Who is logging in, as far as ownership of a customer goes. */
export interface Person {
  userId: string;
  /** `userId` and those of the identities linked to it: each was a user of its own once. */
  userIds: readonly string[];
  /** The connection that vouches for the email: that of the identity the profile comes from. Empty if there is none. */
  emailConnection: string;
}

export const readPerson = ({ user }: Event): Person => {
  const identities = (user.identities ?? []).flatMap(({ provider, user_id: id, connection }) =>
    provider && id ? [{ userId: `${provider}|${id}`, connection }] : [],
  );
  return {
    userId: user.user_id,
    userIds: [user.user_id, ...identities.map(({ userId }) => userId)],
    emailConnection: identities.find(({ userId }) => userId === user.user_id)?.connection ?? "",
  };
};
