import { assignmentsOf, isSamePermission } from "../../permissions.ts";
import type { PermissionRef, Role } from "../../state/role.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";
import { listEffectiveRoles } from "../roles/effective-roles.ts";
import { renderEffectiveRoles, renderPermission } from "../roles/render.ts";
import { text } from "../schema.ts";

const API = { resource_server_identifier: text("Resource server identifier (audience).") };

/** What a user may by all that gives it: there are no groups here, so roles are assigned directly. */
export const effectiveRoles: Resource = (tenant) => {
  const rolesOf = (userId: string): readonly Role[] =>
    assignmentsOf(tenant, userId).roles.flatMap((id) => tenant.state.roles.get(id) ?? []);
  return [
    ...listEffectiveRoles(tenant.state, {
      owner: "/users/:id",
      scopes: { roles: "read:user_effective_roles", groups: "read:user_role_source_groups" },
      listRoles: ({ id }) => rolesOf(getUser(tenant.state, id).user_id),
    }),
    endpoint({
      method: "GET",
      path: "/users/:id/effective-permissions",
      scopes: ["read:user_effective_permissions"],
      query: { ...CHECKPOINT_QUERY, ...API },
      handle: ({ params, query }) => {
        const { user_id } = getUser(tenant.state, params.id);
        const api = getAsked(query, "resource_server_identifier");
        const direct = assignmentsOf(tenant, user_id).permissions;
        const byRole = rolesOf(user_id).flatMap(({ permissions }) => permissions);
        const shown = listOnce([...direct, ...byRole])
          .filter(({ resource_server_identifier }) => resource_server_identifier === api)
          .map((permission) => ({
            ...renderPermission(tenant.state, permission),
            sources: [...(has(direct, permission) ? ["direct"] : []), ...(has(byRole, permission) ? ["roles"] : [])],
          }));
        return ok(renderList("permissions", shown, { take: 50, ...query }));
      },
    }),
    endpoint({
      method: "GET",
      path: "/users/:id/effective-permissions/sources/effective-roles",
      scopes: ["read:user_permission_source_roles"],
      query: { ...CHECKPOINT_QUERY, ...API, permission_name: text("Name of the permission.") },
      handle: ({ params, query }) => {
        const { user_id } = getUser(tenant.state, params.id);
        const permission = {
          resource_server_identifier: getAsked(query, "resource_server_identifier"),
          permission_name: getAsked(query, "permission_name"),
        };
        const roles = rolesOf(user_id).filter(({ permissions }) => has(permissions, permission));
        return ok(renderEffectiveRoles(roles, query));
      },
    }),
  ];
};

const has = (held: readonly PermissionRef[], permission: PermissionRef): boolean =>
  held.some((other) => isSamePermission(other, permission));

const listOnce = (permissions: readonly PermissionRef[]): readonly PermissionRef[] =>
  permissions.filter(
    (permission, index) => permissions.findIndex((other) => isSamePermission(other, permission)) === index,
  );
