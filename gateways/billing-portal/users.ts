import type { ManagementClient } from "auth0";
import type { Profile } from "../../actions/shared/trusted-email.ts";
import { isRecord } from "../authorizer/problems.ts";

export interface PortalUser {
  readonly profile: Profile;
  readonly isBlocked: boolean;
}

export interface Users {
  /** As Auth0 has it now; undefined: there is no such user. Rejects when that is not certain. */
  read(userId: string): Promise<PortalUser | undefined>;
  /** Changes what app_metadata remembers of the user's customer. */
  writeLink(userId: string, link: Readonly<Record<string, string>>): Promise<void>;
  /** Lets require-subscription know that the user is about to pay. @param at seconds since the epoch */
  writeCheckout(userId: string, at: number): Promise<void>;
}

const FIELDS = ["user_id", "email", "email_verified", "identities", "app_metadata", "blocked"] as const;

/** @param management may `read:users` and `update:users` */
export const createUsers = (management: Pick<ManagementClient, "users">): Users => ({
  async read(userId) {
    try {
      const user = await management.users.get(userId, { fields: FIELDS.join(), include_fields: true });
      return { profile: readProfile(userId, user), isBlocked: user.blocked === true };
    } catch (error) {
      if (isRecord(error) && error.statusCode === 404) return undefined;
      throw error;
    }
  },
  async writeLink(userId, link) {
    await management.users.update(userId, { app_metadata: link });
  },
  async writeCheckout(userId, at) {
    await management.users.update(userId, { app_metadata: { stripe_checkout_at: at } });
  },
});

type ManagementUser = Awaited<ReturnType<ManagementClient["users"]["get"]>>;

/** The Management API names what an Action's event has alike; any of it may be missing. */
const readProfile = (userId: string, { email, ...user }: ManagementUser): Profile => ({
  user_id: userId,
  ...(email !== undefined && { email }),
  email_verified: user.email_verified === true,
  app_metadata: isRecord(user.app_metadata) ? user.app_metadata : {},
  identities: (user.identities ?? []).map(({ connection, provider, user_id: id, profileData }) => ({
    ...(connection !== undefined && { connection }),
    ...(provider !== undefined && { provider }),
    ...(id !== undefined && { user_id: String(id) }),
    ...(isRecord(profileData) && { profileData: profileData as Record<string, string> }),
  })),
});
