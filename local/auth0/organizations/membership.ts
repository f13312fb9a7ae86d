import type { OrganizationMember } from "../state/organization.ts";
import type { Tenant } from "../tenant.ts";

function findMembership(tenant: Tenant, organizationId: string, userId: string): OrganizationMember | undefined {
  return tenant.state.organizationMembers.get(`${organizationId}:${userId}`);
}

/** Makes the user a member, with these roles besides those that a member has already. */
export function assignMembership(
  tenant: Tenant,
  organizationId: string,
  userId: string,
  roles: readonly string[] = [],
): OrganizationMember {
  const held = findMembership(tenant, organizationId, userId)?.roles ?? [];
  const id = `${organizationId}:${userId}`;
  return tenant.state.organizationMembers.set(id, {
    id,
    organization_id: organizationId,
    user_id: userId,
    roles: [...new Set([...held, ...roles])],
  });
}
