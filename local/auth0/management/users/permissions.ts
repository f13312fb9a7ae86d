import {
  addPermissions,
  assignmentsOf,
  changeAssignments,
  isSamePermission,
  removePermissions,
} from "../../permissions.ts";
import type { PermissionRef } from "../../state/role.ts";
import type { Tenant } from "../../tenant.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";
import { checkPermissionsExist } from "../roles/check-permissions.ts";
import { renderPermission } from "../roles/render.ts";

interface PermissionsBody {
  readonly permissions: readonly PermissionRef[];
}

interface PermissionSource {
  readonly source_id: string;
  readonly source_name: string;
  readonly source_type: "DIRECT" | "ROLE";
}

export const userPermissions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/users/:id/permissions",
    scopes: ["read:users"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const permissions = listPermissions(tenant, getUser(tenant.state, params.id).user_id);
      return ok(renderList("permissions", permissions, query));
    },
  }),

  endpoint<PermissionsBody>({
    method: "POST",
    path: "/users/:id/permissions",
    summary: "Assign permissions to a user",
    scopes: ["update:users"],
    body: "CreateUserPermissionsRequestContent",
    handle: ({ params, body }) => {
      const { user_id } = getUser(tenant.state, params.id);
      checkPermissionsExist(tenant.state, body.permissions);
      changeAssignments(tenant, user_id, ({ permissions }) => ({
        permissions: addPermissions(permissions, body.permissions),
      }));
      return created({});
    },
  }),

  endpoint<PermissionsBody>({
    method: "DELETE",
    path: "/users/:id/permissions",
    summary: "Remove permissions from a user",
    scopes: ["update:users"],
    body: "DeleteUserPermissionsRequestContent",
    handle: ({ params, body }) => {
      const { user_id } = getUser(tenant.state, params.id);
      changeAssignments(tenant, user_id, ({ permissions }) => ({
        permissions: removePermissions(permissions, body.permissions),
      }));
      return NO_CONTENT;
    },
  }),
];

/** Each permission once, with everything that it comes from. */
function listPermissions(tenant: Pick<Tenant, "state">, userId: string): readonly unknown[] {
  const { roles, permissions } = assignmentsOf(tenant, userId);
  const found: { permission: PermissionRef; sources: PermissionSource[] }[] = [];
  const add = (permission: PermissionRef, source: PermissionSource) => {
    const known = found.find((entry) => isSamePermission(entry.permission, permission));
    if (known === undefined) found.push({ permission, sources: [source] });
    else known.sources.push(source);
  };
  for (const permission of permissions) add(permission, { source_id: "", source_name: "", source_type: "DIRECT" });
  for (const role of roles.flatMap((id) => tenant.state.roles.get(id) ?? [])) {
    const source: PermissionSource = { source_id: role.id, source_name: role.name, source_type: "ROLE" };
    for (const permission of role.permissions) add(permission, source);
  }
  return found.map(({ permission, sources }) => ({ ...renderPermission(tenant.state, permission), sources }));
}
