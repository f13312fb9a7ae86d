import type { ResourceServer } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";

/**
 * What a user was assigned of one API: directly and through roles; logged in to an organization, through the roles held
 * there and nothing else (Auth0 docs, "Role-Based Access Control": global roles do not count there).
 */
export function listAssignedScopes(
  tenant: Pick<Tenant, "state">,
  userId: string,
  api: ResourceServer,
  organizationId: string | undefined,
): readonly string[] {
  const { state } = tenant;
  const assignments = state.assignments.get(userId);
  const roles =
    organizationId === undefined
      ? (assignments?.roles ?? [])
      : (state.organizationMembers.get(`${organizationId}:${userId}`)?.roles ?? []);
  const direct = organizationId === undefined ? (assignments?.permissions ?? []) : [];
  const permissions = [...direct, ...roles.flatMap((role) => state.roles.get(role)?.permissions ?? [])];
  const held = new Set(
    permissions
      .filter((permission) => permission.resource_server_identifier === api.identifier)
      .map((permission) => permission.permission_name),
  );
  return (api.scopes ?? []).map(({ value }) => value).filter((scope) => held.has(scope));
}
