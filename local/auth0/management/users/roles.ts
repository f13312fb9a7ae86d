import { assignmentsOf, changeAssignments } from "../../permissions.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getRole } from "../records/role.ts";
import { getUser } from "../records/user.ts";
import { renderRoleOfUser } from "../roles/render.ts";

interface RolesBody {
  readonly roles: readonly string[];
}

export const userRoles: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/users/:id/roles",
    scopes: ["read:role_members", "read:roles", "read:users"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { user_id } = getUser(tenant.state, params.id);
      const roles = assignmentsOf(tenant, user_id).roles.map((id) => renderRoleOfUser(getRole(tenant.state, id)));
      return ok(renderList("roles", roles, query));
    },
  }),

  endpoint<RolesBody>({
    method: "POST",
    path: "/users/:id/roles",
    summary: "Assign roles to a user",
    scopes: ["create:role_members", "update:users"],
    body: "AssignUserRolesRequestContent",
    handle: ({ params, body }) => {
      const { user_id } = getUser(tenant.state, params.id);
      const added = body.roles.map((id) => getRole(tenant.state, id).id);
      changeAssignments(tenant, user_id, ({ roles }) => ({ roles: [...new Set([...roles, ...added])] }));
      return NO_CONTENT;
    },
  }),

  endpoint<RolesBody>({
    method: "DELETE",
    path: "/users/:id/roles",
    summary: "Removes roles from a user",
    scopes: ["delete:role_members", "update:users"],
    body: "DeleteUserRolesRequestContent",
    handle: ({ params, body }) => {
      const { user_id } = getUser(tenant.state, params.id);
      changeAssignments(tenant, user_id, ({ roles }) => ({ roles: roles.filter((id) => !body.roles.includes(id)) }));
      return NO_CONTENT;
    },
  }),
];
