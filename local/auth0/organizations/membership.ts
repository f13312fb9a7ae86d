import type { TenantState } from "../state/tenant-state.ts";

/** Makes the user a member, with the roles that a member has already. */
export function assignMembership(
  { organizationMembers }: Pick<TenantState, "organizationMembers">,
  organizationId: string,
  userId: string,
): void {
  const id = `${organizationId}:${userId}`;
  const { roles = [] } = organizationMembers.get(id) ?? {};
  organizationMembers.set(id, { id, organization_id: organizationId, user_id: userId, roles });
}
