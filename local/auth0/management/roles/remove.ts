import { changeAssignments } from "../../permissions.ts";
import type { Tenant } from "../../tenant.ts";

/** Removes a role, and takes it from users and members. */
export function removeRole(tenant: Pick<Tenant, "state">, id: string): void {
  tenant.state.roles.delete(id);
  takeRoleFromUsers(tenant, id);
}

function takeRoleFromUsers(tenant: Pick<Tenant, "state">, roleId: string): void {
  for (const { user_id } of tenant.state.assignments.filter(({ roles }) => roles.includes(roleId))) {
    changeAssignments(tenant, user_id, ({ roles }) => ({ roles: roles.filter((id) => id !== roleId) }));
  }
  for (const member of tenant.state.organizationMembers.filter(({ roles }) => roles.includes(roleId))) {
    tenant.state.organizationMembers.set(member.id, {
      ...member,
      roles: member.roles.filter((id) => id !== roleId),
    });
  }
}
