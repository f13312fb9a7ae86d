import { endpoint, ok, type Resource } from "../endpoint.ts";
import { renderOrganization } from "../organizations/render.ts";
import { CHECKPOINT_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { getClientGrant } from "../records/client-grant.ts";

/** The organizations that a grant was added to. */
export const clientGrantOrganizations: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/client-grants/:id/organizations",
    scopes: ["read:organization_client_grants"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY },
    handle: ({ params, query }) => {
      const { id } = getClientGrant(state, params.id);
      const organizations = state.organizationClientGrants
        .filter(({ grant_id }) => grant_id === id)
        .flatMap(({ organization_id }) => state.organizations.get(organization_id) ?? []);
      return ok(renderList("organizations", organizations.map(renderOrganization), query));
    },
  }),
];
