import type { ManagementClient } from "auth0";
import { type PaidState, parsePaidState } from "../../actions/shared/paid-scopes.ts";
import { findById, findByIdentity, quote, readMetadata } from "./find-user.ts";

export type Written =
  | "written"
  /** What stands there says the same, or was read later. */
  | "kept"
  /** There is no such user, or it is linked to another customer. */
  | "not theirs";

export interface Users {
  /** Rejects when it is not certain that it was written. */
  writePaid(userId: string, state: PaidState): Promise<Written>;
  /** The users whose `stripe_customer_id` it is. */
  findLinkedTo(customer: string): Promise<readonly string[]>;
}

/** Seconds after which the same is written again, so that require-subscription has no reason to ask. */
const REFRESH_AFTER = 60 * 60;

/** @param management may read users and update their app_metadata: `read:users update:users_app_metadata` */
export function createUsers(management: Pick<ManagementClient, "users">): Users {
  return {
    async writePaid(userId, state) {
      // Not of the form that an id has: nobody's, and the API refuses to look.
      if (!/^.+\|.+$/.test(userId)) return "not theirs";
      const user = (await findById(management, userId)) ?? (await findByIdentity(management, userId));
      // A customer's metadata names the user, and people can change it: the user's own link has the last word.
      if (user?.metadata.stripe_customer_id !== state.customer) return "not theirs";
      const current = parsePaidState(user.metadata.stripe_paid, state.checked_at);
      if (current !== undefined && current.customer === state.customer && isSettled(current, state)) return "kept";
      await management.users.update(user.id, { app_metadata: { stripe_paid: state } });
      return "written";
    },
    async findLinkedTo(customer) {
      const { data } = await management.users.list({
        q: `app_metadata.stripe_customer_id:${quote(customer)}`,
        search_engine: "v3",
        fields: "user_id,app_metadata",
        include_fields: true,
      });
      return data.flatMap((user) => (readMetadata(user).stripe_customer_id === customer && user.user_id) || []);
    },
  };
}

function isSettled(current: PaidState, state: PaidState): boolean {
  // Another receiver has looked later.
  if (current.checked_at > state.checked_at) return true;
  const isSame = current.until === state.until && current.scopes.join() === state.scopes.join();
  return isSame && state.checked_at - current.checked_at < REFRESH_AFTER;
}
