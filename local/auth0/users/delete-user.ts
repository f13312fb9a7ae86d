import type { Tenant } from "../tenant.ts";
import { userIdOf } from "./profile.ts";

/** Removes a user and what hangs on one: passwords, roles, permissions, memberships, sessions, refresh tokens, consents. */
export function deleteUser(tenant: Pick<Tenant, "state">, userId: string): void {
  const { state } = tenant;
  for (const identity of state.users.get(userId)?.identities ?? []) state.passwords.delete(userIdOf(identity));
  state.assignments.delete(userId);
  for (const { id } of state.organizationMembers.filter((member) => member.user_id === userId)) {
    state.organizationMembers.delete(id);
  }
  for (const { id } of state.sessions.filter((session) => session.user_id === userId)) state.sessions.delete(id);
  for (const { id } of state.refreshTokens.filter((token) => token.user_id === userId)) state.refreshTokens.delete(id);
  for (const { user_id, client_id, audience } of state.consents.filter((consent) => consent.user_id === userId)) {
    state.consents.delete(`${user_id}:${client_id}:${audience}`);
  }
  for (const client of state.clients.values()) state.userinfoClaims.delete(`${client.client_id}:${userId}`);
  state.users.delete(userId);
}
