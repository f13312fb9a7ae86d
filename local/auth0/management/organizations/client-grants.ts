import type { ClientGrant } from "../../state/resources.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { linkId } from "./link-id.ts";

/** Which machines, by their grants, may have tokens for the organization. */
export const organizationClientGrants: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/client-grants",
    scopes: ["read:organization_client_grants"],
    query: {
      ...PAGE_QUERY,
      audience: { type: "string" },
      client_id: { type: "string" },
      grant_ids: { type: "array", items: { type: "string" } },
    },
    handle: ({ params, query }) => {
      const { id } = getOrganization(state, params.id);
      const grants = state.organizationClientGrants
        .filter(({ organization_id }) => organization_id === id)
        .flatMap(({ grant_id }) => state.clientGrants.get(grant_id) ?? [])
        .filter((grant) => query.audience === undefined || grant.audience === query.audience)
        .filter((grant) => query.client_id === undefined || grant.client_id === query.client_id)
        .filter((grant) => !Array.isArray(query.grant_ids) || query.grant_ids.includes(grant.id));
      return ok(renderList("client_grants", grants, query));
    },
  }),
  endpoint<{ readonly grant_id: string }>({
    method: "POST",
    path: "/organizations/:id/client-grants",
    summary: "Associate a client grant with an organization",
    scopes: ["create:organization_client_grants"],
    body: "AssociateOrganizationClientGrantRequestContent",
    handle: ({ params, body }) => {
      const organization = getOrganization(state, params.id);
      const grant = getOr404(
        state.clientGrants.get(body.grant_id),
        "The grant does not exist.",
        "inexistent_client_grant",
      );
      const id = linkId(organization.id, grant.id);
      if (state.organizationClientGrants.has(id)) {
        throw new ManagementError(409, "The client grant has already been added to this organization.");
      }
      checkAllowsOrganizations(grant);
      state.organizationClientGrants.set(id, { id, organization_id: organization.id, grant_id: grant.id });
      const { client_id, audience, scope, organization_usage, allow_any_organization } = grant;
      return created({ grant_id: grant.id, client_id, audience, scope, organization_usage, allow_any_organization });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/organizations/:id/client-grants/:grantId",
    summary: "Remove a client grant from an organization",
    scopes: ["delete:organization_client_grants"],
    handle: ({ params }) => {
      const { id } = getOrganization(state, params.id);
      if (!state.organizationClientGrants.delete(linkId(id, params.grantId ?? ""))) {
        throw new ManagementError(404, "The grant does not exist.", "inexistent_client_grant");
      }
      return NO_CONTENT;
    },
  }),
];

/** A grant that denies organizations cannot be one's. */
function checkAllowsOrganizations({ organization_usage = "deny" }: ClientGrant): void {
  if (organization_usage === "allow" || organization_usage === "require") return;
  const message =
    "The client grant must have organization_usage set to allow or require to be added to an organization.";
  throw new ManagementError(400, message, "invalid_body");
}
