import { addPermissions, removePermissions } from "../../permissions.ts";
import type { PermissionRef } from "../../state/role.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getRole } from "../records/role.ts";
import { checkPermissionsExist } from "./check-permissions.ts";
import { renderPermission } from "./render.ts";

interface PermissionsBody {
  readonly permissions: readonly PermissionRef[];
}

export const rolePermissions: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/roles/:id/permissions",
    scopes: ["read:roles"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { permissions } = getRole(state, params.id);
      return ok(
        renderList(
          "permissions",
          permissions.map((permission) => renderPermission(state, permission)),
          query,
        ),
      );
    },
  }),

  endpoint<PermissionsBody>({
    method: "POST",
    path: "/roles/:id/permissions",
    scopes: ["update:roles"],
    body: "AddRolePermissionsRequestContent",
    handle: ({ params, body }) => {
      const role = getRole(state, params.id);
      checkPermissionsExist(state, body.permissions);
      const permissions = addPermissions(role.permissions, body.permissions);
      state.roles.set(role.id, { ...role, permissions });
      return created({});
    },
  }),

  endpoint<PermissionsBody>({
    method: "DELETE",
    path: "/roles/:id/permissions",
    scopes: ["update:roles"],
    body: "DeleteRolePermissionsRequestContent",
    handle: ({ params, body }) => {
      const role = getRole(state, params.id);
      const permissions = removePermissions(role.permissions, body.permissions);
      state.roles.set(role.id, { ...role, permissions });
      return NO_CONTENT;
    },
  }),
];
