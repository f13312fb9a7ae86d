import { revokeRefreshTokens } from "../sessions/revoke-refresh-tokens.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import { userIdOf } from "../state/user-keys.ts";
import type { Tenant } from "../tenant.ts";
import { isoTime } from "../timestamps.ts";
import { defaultProfile } from "./profile.ts";

type NewRecord = Partial<User> & Pick<User, "user_id" | "identities">;

/** Adds a user, with what Auth0 fills in where the profile says nothing. */
export function addUser({ clock, state }: Pick<Tenant, "clock" | "state">, user: NewRecord): User {
  const now = isoTime(clock());
  return state.users.set(user.user_id, { created_at: now, ...defaultProfile(user), ...user, updated_at: now });
}

/**
 * Changes a user as it stands now, and notes when. Undefined, and nothing is written, where it has been deleted meanwhile.
 * @param change is handed the time that is noted, for what else is to bear it
 */
export function changeUser(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  id: string,
  change: (user: User, now: string) => User,
): User | undefined {
  const user = state.users.get(id);
  if (user === undefined) return undefined;
  const now = isoTime(clock());
  return state.users.set(id, { ...change(user, now), updated_at: now });
}

/** Removes a user and what hangs on one: passwords, roles, permissions, memberships, sessions, refresh tokens, consents. */
export function deleteUser(state: TenantState, userId: string): void {
  const isOfUser = ({ user_id }: { readonly user_id: string }): boolean => user_id === userId;
  for (const identity of state.users.get(userId)?.identities ?? []) state.passwords.delete(userIdOf(identity));
  state.assignments.delete(userId);
  state.organizationMembers.deleteWhere(isOfUser);
  state.sessions.deleteWhere(isOfUser);
  state.authenticators.deleteWhere(isOfUser);
  revokeRefreshTokens(state, isOfUser);
  state.consents.deleteWhere(isOfUser);
  for (const client of state.clients.values()) state.userinfoClaims.delete(`${client.client_id}:${userId}`);
  state.users.delete(userId);
}
