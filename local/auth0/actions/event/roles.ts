import { assignmentsOf } from "../../permissions.ts";
import type { Tenant } from "../../tenant.ts";
import type { EffectiveRole } from "../runtime/protocol.ts";

/** In an organization login the roles held there, and none of the others (Auth0 support: organization roles). */
export function readEffectiveRoles(
  tenant: Pick<Tenant, "state">,
  userId: string,
  organizationId: string | undefined,
): EffectiveRole[] {
  const ids =
    organizationId === undefined
      ? assignmentsOf(tenant, userId).roles
      : (tenant.state.organizationMembers.get(`${organizationId}:${userId}`)?.roles ?? []);
  return ids.flatMap((id) => {
    const role = tenant.state.roles.get(id);
    return role === undefined
      ? []
      : [{ id, name: role.name, type: organizationId === undefined ? "tenant" : "organization" }];
  });
}
