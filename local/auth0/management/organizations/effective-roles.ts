import { endpoint, ok, type Resource } from "../endpoint.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, renderList, selectFields } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { getRole } from "../records/role.ts";
import { listEffectiveRoles } from "../roles/effective-roles.ts";
import { renderMember } from "../roles/render.ts";
import { getMember } from "./members.ts";

/** Roles of members, from both sides. There are no groups here, so each is assigned directly. */
export const organizationEffectiveRoles: Resource = ({ state }) => [
  ...listEffectiveRoles(state, {
    owner: "/organizations/:id/members/:userId",
    scopes: {
      roles: "read:organization_member_effective_roles",
      groups: "read:organization_member_role_source_groups",
    },
    listRoles: ({ id, userId }) => getMember(state, id, userId).roles.flatMap((role) => state.roles.get(role) ?? []),
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
