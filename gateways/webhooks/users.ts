import type { ManagementClient } from "auth0";
import { type PaidState, parsePaidState } from "../../actions/shared/paid-scopes.ts";
import { isRecord } from "../authorizer/problems.ts";

export type Written =
  | "written"
  /** What stands there says the same, or was read later. */
  | "kept"
  /** There is no such user, or it is linked to another customer. */
  | "not theirs";

export interface Users {
  /** Rejects when it is not certain that it was written. */
  writePaid(userId: string, state: PaidState): Promise<Written>;
}

/** Seconds after which the same is written again, so that require-subscription has no reason to ask. */
const REFRESH_AFTER = 60 * 60;

/** @param management may read users and update their app_metadata: `read:users update:users_app_metadata` */
export function createUsers(management: Pick<ManagementClient, "users">): Users {
  return {
    async writePaid(userId, state) {
      const metadata = await readAppMetadata(management, userId);
      // A customer's metadata names the user, and people can change it: the user's own link has the last word.
      if (metadata?.stripe_customer_id !== state.customer) return "not theirs";
      const current = parsePaidState(metadata.stripe_paid, state.checked_at);
      if (current !== undefined && current.customer === state.customer && isSettled(current, state)) return "kept";
      await management.users.update(userId, { app_metadata: { stripe_paid: state } });
      return "written";
    },
  };
}

function isSettled(current: PaidState, state: PaidState): boolean {
  // Another receiver has looked later.
  if (current.checked_at > state.checked_at) return true;
  const isSame = current.until === state.until && current.scopes.join() === state.scopes.join();
  return isSame && state.checked_at - current.checked_at < REFRESH_AFTER;
}

async function readAppMetadata(
  management: Pick<ManagementClient, "users">,
  userId: string,
): Promise<Record<string, unknown> | undefined> {
  try {
    const { app_metadata: metadata } = await management.users.get(userId, {
      fields: "app_metadata",
      include_fields: true,
    });
    return isRecord(metadata) ? metadata : {};
  } catch (error) {
    if (isRecord(error) && error.statusCode === 404) return undefined;
    throw error;
  }
}
