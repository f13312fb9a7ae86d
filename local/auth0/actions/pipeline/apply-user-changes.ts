import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { changeUser } from "../../users/write-users.ts";
import type { PostLoginTransaction } from "../api/transaction.ts";
import { mergeMetadata } from "../event/next-event.ts";

type UserChanges = Pick<PostLoginTransaction, "appMetadata" | "userMetadata" | "primaryUser">;

/**
 * Writes what Actions queued, in one update of the user as it stands now: logins at the same time lose nothing of each other that is
 * under another key. Returns the user the tokens are for.
 *
 * @throws {PrimaryUserError}
 */
export function applyUserChanges(
  tenant: Pick<Tenant, "clock" | "log" | "state">,
  userId: string,
  changes: UserChanges,
): string {
  const { appMetadata, userMetadata, primaryUser } = changes;
  const target = primaryUser === undefined ? userId : checkPrimaryUser(tenant, userId, primaryUser);
  if (appMetadata.size === 0 && userMetadata.size === 0) return target;
  const changed = changeUser(tenant, target, (user) => ({
    ...user,
    ...mergeInto(user, "app_metadata", appMetadata),
    ...mergeInto(user, "user_metadata", userMetadata),
  }));
  if (changed === undefined) tenant.log("actions: metadata was not written, the user has been deleted meanwhile");
  return target;
}

function mergeInto(user: User, name: "app_metadata" | "user_metadata", changes: ReadonlyMap<string, unknown>) {
  return changes.size === 0 ? {} : { [name]: mergeMetadata(user[name], changes) };
}

class PrimaryUserError extends Error {
  override readonly name = "PrimaryUserError";
  readonly code = "invalid_primary_user";
}

/** Auth0 docs, `setPrimaryUser`: the identity that logs in must be linked to that user by then, else the login fails. */
function checkPrimaryUser(tenant: Pick<Tenant, "state">, userId: string, primaryUser: string): string {
  const identities = tenant.state.users.get(primaryUser)?.identities.slice(1) ?? [];
  if (primaryUser === userId || identities.some(({ provider, user_id }) => `${provider}|${user_id}` === userId)) {
    return primaryUser;
  }
  throw new PrimaryUserError("The authenticating identity is not a secondary identity of the primary user.");
}
