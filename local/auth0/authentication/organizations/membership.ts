import { findConnection, isEnabledInOrganization } from "../../connections.ts";
import { AccessDenied } from "../../oauth-error.ts";
import { assignMembership } from "../../organizations/membership.ts";
import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";

/**
 * Whether the user may log in to the organization: as a member, by a connection that it has enabled. Where that connection
 * assigns membership on login, the user becomes one.
 *
 * @throws {OAuthError} `access_denied`
 */
export function checkMembership(state: TenantState, user: User, organizationId: string, connectionName: string): void {
  const { organizationConnections, organizationMembers } = state;
  if (!isEnabledInOrganization(state, organizationId, connectionName)) {
    throw new AccessDenied("the connection is not enabled for the organization");
  }
  if (organizationMembers.has(`${organizationId}:${user.user_id}`)) return;
  const connectionId = findConnection(state, connectionName)?.id;
  if (organizationConnections.get(`${organizationId}:${connectionId}`)?.assign_membership_on_login !== true) {
    throw new AccessDenied(`user ${user.user_id} is not part of the ${organizationId} organization`);
  }
  assignMembership(state, organizationId, user.user_id);
}

export function listOrganizationsOf(state: TenantState, userId: string): readonly Organization[] {
  const { organizationMembers, organizations } = state;
  return organizationMembers
    .filter((member) => member.user_id === userId)
    .flatMap(({ organization_id: id }) => organizations.get(id) ?? []);
}
