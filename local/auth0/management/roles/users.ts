import { changeAssignments } from "../../permissions.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { CHECKPOINT_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { getRole } from "../records/role.ts";
import { getUser } from "../records/user.ts";
import { renderMember } from "./render.ts";

export const roleUsers: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/roles/:id/users",
    scopes: ["read:role_members", "read:roles", "read:users"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY },
    handle: ({ params, query }) => {
      const { id } = getRole(tenant.state, params.id);
      const users = tenant.state.assignments
        .filter(({ roles }) => roles.includes(id))
        .flatMap(({ user_id }) => tenant.state.users.get(user_id) ?? []);
      return ok(renderList("users", users.map(renderMember), query));
    },
  }),

  endpoint<{ readonly users: readonly string[] }>({
    method: "POST",
    path: "/roles/:id/users",
    scopes: ["create:role_members", "update:roles"],
    body: "AssignRoleUsersRequestContent",
    handle: ({ params, body }) => {
      const { id } = getRole(tenant.state, params.id);
      // All or none: every user is looked up before the first is changed.
      for (const { user_id } of body.users.map((userId) => getUser(tenant.state, userId))) {
        changeAssignments(tenant, user_id, ({ roles }) => ({ roles: [...new Set([...roles, id])] }));
      }
      return ok({});
    },
  }),
];
