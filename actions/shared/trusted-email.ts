import type { Event } from "@auth0/actions/post-login/v3";
import { readList, type Secrets } from "./settings.ts";

/** What is read of a user to tell whose a customer is: of an event, or as the Management API has it. */
export type Profile = Pick<Event["user"], "user_id" | "email" | "email_verified" | "identities" | "app_metadata">;

/**
 * Strategies of enterprise connections. Their people cannot verify an email at Auth0, whose API refuses it for them: their company's
 * directory is what vouches for it.
 */
const ENTERPRISE = "samlp,waad,oidc,okta,adfs,ad,pingfederate";

const readUserId = ({ provider, user_id: id }: NonNullable<Event["user"]["identities"]>[number]): string =>
  `${provider}|${id}`;

/** The user's own id and those of the accounts that were linked to it: each was a user of its own once. */
export const readUserIds = ({ user_id: userId, identities = [] }: Profile): readonly string[] => [
  ...new Set([userId, ...identities.map(readUserId)]),
];

/** Names of the strategy and the connection that the profile, and so the email, comes from. */
export function readEmailSource({ user_id: userId, identities }: Profile): readonly unknown[] {
  const own = identities?.find((identity) => readUserId(identity) === userId);
  return [own?.provider, own?.connection];
}

/** Whether the email is verified, or comes from a strategy or connection whose word is taken for it. */
export const isEmailTrusted = ({
  user,
  secrets,
}: {
  readonly user: Profile;
  readonly secrets: Secrets<"TRUSTED_EMAIL_CONNECTIONS">;
}): boolean =>
  user.email_verified === true ||
  readList(secrets, "TRUSTED_EMAIL_CONNECTIONS", ENTERPRISE).some((name) => readEmailSource(user).includes(name));
