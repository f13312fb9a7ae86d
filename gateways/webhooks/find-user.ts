import type { ManagementClient } from "auth0";
import { isRecord } from "../authorizer/problems.ts";

const FIELDS = "email,email_verified,app_metadata";

export interface FoundUser {
  readonly id: string;
  readonly email: string | undefined;
  readonly isVerified: boolean;
  /** app_metadata */
  readonly metadata: Record<string, unknown>;
}

export async function findById(
  management: Pick<ManagementClient, "users">,
  id: string,
): Promise<FoundUser | undefined> {
  try {
    const user = await management.users.get(id, { fields: FIELDS, include_fields: true });
    return describe(id, user);
  } catch (error) {
    if (isRecord(error) && error.statusCode === 404) return undefined;
    throw error;
  }
}

const describe = (
  id: string,
  user: { email?: string | undefined; email_verified?: boolean | undefined; app_metadata?: unknown },
): FoundUser => ({
  id,
  email: user.email,
  isVerified: user.email_verified === true,
  metadata: readMetadata(user),
});

/** Of accounts that were linked, the id of one is left: what was made for the other carries an id that no user has any more. */
export async function findByIdentity(
  management: Pick<ManagementClient, "users">,
  formerId: string,
): Promise<FoundUser | undefined> {
  const bar = formerId.indexOf("|");
  const [provider, id] = [formerId.slice(0, bar), formerId.slice(bar + 1)];
  const { data } = await management.users.list({
    q: `identities.provider:${quote(provider)} AND identities.user_id:${quote(id)}`,
    search_engine: "v3",
    fields: `user_id,identities,${FIELDS}`,
    include_fields: true,
  });
  // The search looks at each field alone, and not at case.
  const user = data.find(({ identities = [] }) =>
    identities.some((identity) => identity.provider === provider && identity.user_id === id),
  );
  return user?.user_id === undefined ? undefined : describe(user.user_id, user);
}

export const readMetadata = ({ app_metadata: metadata }: { app_metadata?: unknown }): Record<string, unknown> =>
  isRecord(metadata) ? metadata : {};

/** As a phrase of Lucene's query syntax. */
export const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
