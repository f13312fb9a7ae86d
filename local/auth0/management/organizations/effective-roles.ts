import { endpoint, ok, type Resource } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, renderList, selectFields } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { getRole } from "../records/role.ts";
import { renderEffectiveRoles, renderMember } from "../roles/render.ts";
import { text } from "../schema.ts";
import { getMember } from "./members.ts";

/** Roles of members, from both sides. There are no groups here, so each is assigned directly. */
export const organizationEffectiveRoles: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/members/:userId/effective-roles",
    scopes: ["read:organization_member_effective_roles"],
    query: CHECKPOINT_QUERY,
    handle: ({ params, query }) => {
      const { roles } = getMember(state, params.id, params.userId);
      return ok(
        renderEffectiveRoles(
          roles.flatMap((id) => state.roles.get(id) ?? []),
          query,
        ),
      );
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/members/:userId/effective-roles/sources/groups",
    scopes: ["read:organization_member_role_source_groups"],
    query: { ...CHECKPOINT_QUERY, role_id: text("ID of the role.") },
    handle: ({ params, query }) => {
      getMember(state, params.id, params.userId);
      getRole(state, getAsked(query, "role_id"));
      return ok({ groups: [] });
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/roles/:roleId/members",
    scopes: ["read:organization_member_roles"],
    query: { ...CHECKPOINT_QUERY, ...FIELDS_QUERY },
    handle: ({ params, query }) => {
      const { id } = getOrganization(state, params.id);
      const role = getRole(state, params.roleId);
      const members = state.organizationMembers
        .filter(({ organization_id, roles }) => organization_id === id && roles.includes(role.id))
        .flatMap(({ user_id }) => state.users.get(user_id) ?? [])
        .map((user) => selectFields(renderMember(user), query));
      return ok(renderList("members", members, { take: 50, ...query }));
    },
  }),
];
