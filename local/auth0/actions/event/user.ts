import type { User as EventUser } from "../../../../types/auth0-actions/post-login-event.d.ts";
import type { User } from "../../state/user.ts";

/** What an Action is shown of a profile beside metadata and identities (Auth0 docs, "Post Login Event Object"). */
const SHOWN = [
  "user_id",
  "created_at",
  "updated_at",
  "email",
  "email_verified",
  "name",
  "nickname",
  "given_name",
  "family_name",
  "picture",
  "username",
  "phone_number",
  "phone_verified",
  "last_password_reset",
  "multifactor",
] as const;

/** Both metadata objects are always there in an Action, in a Rule they could be missing. */
export function buildUser(user: User): EventUser {
  const shown = Object.fromEntries(SHOWN.filter((name) => user[name] !== undefined).map((name) => [name, user[name]]));
  return {
    ...shown,
    user_id: user.user_id,
    created_at: user.created_at,
    updated_at: user.updated_at,
    // A user without an email has no such key, whatever the type promises.
    ...((user.email_verified !== undefined || user.email !== undefined) && {
      email_verified: user.email_verified === true,
    }),
    app_metadata: { ...user.app_metadata },
    user_metadata: { ...user.user_metadata },
    // Auth0's own sample carries the id under both names.
    identities: user.identities.map((identity) => ({ ...identity, userId: identity.user_id })),
    enrolledFactors: [],
  } as EventUser;
}
