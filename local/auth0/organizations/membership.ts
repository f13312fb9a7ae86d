import type { OrganizationMember } from "../state/organization.ts";
import type { TenantState } from "../state/tenant-state.ts";

function findMembership(
  { organizationMembers }: Pick<TenantState, "organizationMembers">,
  organizationId: string,
  userId: string,
): OrganizationMember | undefined {
  return organizationMembers.get(`${organizationId}:${userId}`);
}

/** Makes the user a member, with these roles besides those that a member has already. */
export function assignMembership(
  state: Pick<TenantState, "organizationMembers">,
  organizationId: string,
  userId: string,
  roles: readonly string[] = [],
): OrganizationMember {
  const held = findMembership(state, organizationId, userId)?.roles ?? [];
  const id = `${organizationId}:${userId}`;
  return state.organizationMembers.set(id, {
    id,
    organization_id: organizationId,
    user_id: userId,
    roles: [...new Set([...held, ...roles])],
  });
}
