import { endpoint, ok, type Resource } from "../endpoint.ts";
import { renderOrganization } from "../organizations/render.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getUser } from "../records/user.ts";

export const userOrganizations: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/users/:id/organizations",
    scopes: ["read:organizations"],
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { user_id } = getUser(state, params.id);
      const found = state.organizationMembers
        .filter((member) => member.user_id === user_id)
        .flatMap(({ organization_id }) => state.organizations.get(organization_id) ?? []);
      return ok(renderList("organizations", found.map(renderOrganization), query));
    },
  }),
];
