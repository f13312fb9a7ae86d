import { assignMembership } from "../../organizations/membership.ts";
import type { OrganizationMember } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { getRole } from "../records/role.ts";
import { getUser } from "../records/user.ts";
import { renderMember, renderRoleOfUser } from "../roles/render.ts";
import { linkId } from "./link-id.ts";

interface MembersBody {
  readonly members: readonly string[];
}
interface RolesBody {
  readonly roles: readonly string[];
}

export const organizationMembers: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/members",
    scopes: ["read:organization_members"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY, ...FIELDS_QUERY },
    handle: ({ params, query }) => {
      const { id } = getOrganization(state, params.id);
      const members = state.organizationMembers.filter(({ organization_id }) => organization_id === id);
      const shown = members.flatMap((member) => renderOrganizationMember(state, member, query));
      return ok(renderList("members", shown, query, "is-empty"));
    },
  }),
  endpoint<MembersBody>({
    method: "POST",
    path: "/organizations/:id/members",
    summary: "Add members to an organization",
    scopes: ["create:organization_members"],
    body: "CreateOrganizationMemberRequestContent",
    handle: ({ params, body }) => {
      const { id } = getOrganization(state, params.id);
      // All or none: every user is looked up before the first becomes a member.
      const users = body.members.map((userId) => getUser(state, userId));
      for (const { user_id } of users) assignMembership(state, id, user_id);
      return NO_CONTENT;
    },
  }),
  endpoint<MembersBody>({
    method: "DELETE",
    path: "/organizations/:id/members",
    summary: "Delete members from an organization",
    scopes: ["delete:organization_members"],
    body: "DeleteOrganizationMembersRequestContent",
    handle: ({ params, body }) => {
      const { id } = getOrganization(state, params.id);
      for (const userId of body.members) state.organizationMembers.delete(linkId(id, userId));
      return NO_CONTENT;
    },
  }),

  endpoint({
    method: "GET",
    path: "/organizations/:id/members/:userId/roles",
    scopes: ["read:organization_member_roles"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { roles } = getMember(state, params.id, params.userId);
      const shown = roles.map((id) => renderRoleOfUser(getRole(state, id)));
      return ok(renderList("roles", shown, query));
    },
  }),
  endpoint<RolesBody>({
    method: "POST",
    path: "/organizations/:id/members/:userId/roles",
    summary:
      "Assign one or more roles to a given user that will be applied in the context of the provided organization",
    scopes: ["create:organization_member_roles"],
    body: "AssignOrganizationMemberRolesRequestContent",
    handle: ({ params, body }) => {
      const added = body.roles.map((id) => getRole(state, id).id);
      changeRoles(state, params.id, params.userId, (roles) => [...new Set([...roles, ...added])]);
      return NO_CONTENT;
    },
  }),
  endpoint<RolesBody>({
    method: "DELETE",
    path: "/organizations/:id/members/:userId/roles",
    summary: "Remove one or more roles from a given user in the context of the provided organization",
    scopes: ["delete:organization_member_roles"],
    body: "DeleteOrganizationMemberRolesRequestContent",
    handle: ({ params, body }) => {
      changeRoles(state, params.id, params.userId, (roles) => roles.filter((id) => !body.roles.includes(id)));
      return NO_CONTENT;
    },
  }),
];

export function getMember(
  state: Pick<TenantState, "organizationMembers" | "organizations">,
  id: string | undefined,
  userId = "",
): OrganizationMember {
  const organization = getOrganization(state, id);
  return getOr404(
    state.organizationMembers.get(linkId(organization.id, userId)),
    "The user is not a member of the organization.",
  );
}

/** A user who is not a member is not refused, as recorded: the roles are not kept. */
function changeRoles(
  state: Pick<TenantState, "organizationMembers" | "organizations" | "users">,
  id: string | undefined,
  userId: string | undefined,
  change: (roles: OrganizationMember["roles"]) => OrganizationMember["roles"],
): void {
  const organization = getOrganization(state, id);
  const { user_id } = getUser(state, userId);
  const member = state.organizationMembers.get(linkId(organization.id, user_id));
  if (member !== undefined) state.organizationMembers.set(member.id, { ...member, roles: change(member.roles) });
}

/** Roles only for those who ask for them by name, in `fields`. */
function renderOrganizationMember(
  state: Pick<TenantState, "roles" | "users">,
  member: OrganizationMember,
  query: Query,
): readonly object[] {
  const user = state.users.get(member.user_id);
  if (user === undefined) return [];
  const asksForRoles = String(query.fields ?? "")
    .split(",")
    .includes("roles");
  if (!asksForRoles) return [selectFields(renderMember(user), query)];
  const roles = member.roles.flatMap((id) => state.roles.get(id) ?? []).map(({ id, name }) => ({ id, name }));
  return [selectFields({ ...renderMember(user), roles }, query)];
}
