import type { OrganizationClient } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { linkId } from "./link-id.ts";

/** Which applications the organization's members may use. */
export const organizationClients: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/clients",
    scopes: ["read:organization_clients"],
    query: CHECKPOINT_QUERY,
    handle: ({ params, query }) => {
      const { id } = getOrganization(state, params.id);
      const links = state.organizationClients.filter(({ organization_id }) => organization_id === id);
      const shown = links.map((link) => renderClient(state, link));
      // This endpoint has only the checkpoint form.
      return ok(renderList("clients", shown, { take: 50, ...query }));
    },
  }),
  endpoint<{ readonly clients: readonly { readonly client_id: string; readonly use_for_member_access?: boolean }[] }>({
    method: "POST",
    path: "/organizations/:id/clients",
    summary: "Associate clients with an organization",
    scopes: ["create:organization_clients"],
    body: "CreateOrganizationClientsRequestContent",
    handle: ({ params, body }) => {
      const { id } = getOrganization(state, params.id);
      for (const { client_id } of body.clients) {
        if (!state.clients.has(client_id)) {
          throw new ManagementError(404, "The client does not exist", "inexistent_client");
        }
      }
      const links = body.clients.map(({ client_id, use_for_member_access = false }) => {
        const link = { id: linkId(id, client_id), organization_id: id, client_id, use_for_member_access };
        return state.organizationClients.set(link.id, link);
      });
      return created(links.map((link) => renderClient(state, link)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/clients/:clientId",
    scopes: ["read:organization_clients"],
    handle: ({ params }) => ok(renderClient(state, getLink(state, params.id, params.clientId))),
  }),
  endpoint<{ readonly use_for_member_access?: boolean }>({
    method: "PATCH",
    path: "/organizations/:id/clients/:clientId",
    summary: "Update an organization client",
    scopes: ["update:organization_clients"],
    body: "UpdateOrganizationClientRequestContent",
    handle: ({ params, body }) => {
      const link = getLink(state, params.id, params.clientId);
      return ok(renderClient(state, state.organizationClients.set(link.id, { ...link, ...body })));
    },
  }),
  endpoint<{ readonly clients: readonly string[] }>({
    method: "DELETE",
    path: "/organizations/:id/clients",
    summary: "Remove clients from an organization",
    scopes: ["delete:organization_clients"],
    body: "DeleteOrganizationClientsRequestContent",
    handle: ({ params, body }) => {
      const { id } = getOrganization(state, params.id);
      for (const clientId of body.clients) state.organizationClients.delete(linkId(id, clientId));
      return NO_CONTENT;
    },
  }),
];

function getLink(
  state: Pick<TenantState, "organizationClients" | "organizations">,
  id: string | undefined,
  clientId = "",
): OrganizationClient {
  const organization = getOrganization(state, id);
  return getOr404(
    state.organizationClients.get(linkId(organization.id, clientId)),
    "The client does not exist",
    "inexistent_client",
  );
}

function renderClient(
  { clients }: Pick<TenantState, "clients">,
  { client_id, use_for_member_access }: OrganizationClient,
): unknown {
  const client = clients.get(client_id);
  return {
    client_id,
    use_for_member_access,
    client: {
      name: client?.name,
      is_first_party: client?.is_first_party,
      grant_types: client?.grant_types,
      ...(client?.organization_usage !== undefined && { organization_usage: client.organization_usage }),
    },
  };
}
