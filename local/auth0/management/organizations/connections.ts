import type { OrganizationConnection } from "../../state/organization.ts";
import type { Tenant } from "../../tenant.ts";
import { created, type Endpoint, type EndpointRequest, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { PAGE_QUERY, renderList } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import {
  addConnection,
  type ConnectionBody,
  getLink,
  linksOf,
  renderEnabledLink,
  renderLink,
  updateConnection,
} from "./connection.ts";
import { linkId } from "./link-id.ts";

const READ = ["read:organization_connections"] as const;
const CREATE = ["create:organization_connections"] as const;
const UPDATE = ["update:organization_connections"] as const;
const DELETE = ["delete:organization_connections"] as const;

/** What the two generations of these endpoints differ in, over the same links. */
interface Generation {
  readonly path: `/${string}`;
  readonly render: (tenant: Pick<Tenant, "state">, link: OrganizationConnection) => unknown;
  readonly add: Pick<Endpoint, "summary" | "body">;
  readonly update: Pick<Endpoint, "summary" | "body">;
  readonly remove: Pick<Endpoint, "summary">;
}

const NEWER: Generation = {
  path: "/organizations/:id/connections",
  render: renderLink,
  add: { summary: "Create an Organization Connection", body: "CreateOrganizationAllConnectionRequestParameters" },
  update: { summary: "Update an Organization Connection", body: "UpdateOrganizationConnectionRequestParameters" },
  remove: { summary: "Delete an Organization Connection" },
};

const OLDER: Generation = {
  path: "/organizations/:id/enabled_connections",
  render: renderEnabledLink,
  add: { summary: "Add connections to an organization", body: "AddOrganizationConnectionRequestContent" },
  update: { summary: "Modify an Organizations Connection", body: "UpdateOrganizationConnectionRequestContent" },
  remove: { summary: "Delete connections from an organization" },
};

export const organizationConnections: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: NEWER.path,
    scopes: READ,
    query: { ...PAGE_QUERY, is_enabled: { type: "boolean" } },
    handle: ({ params, query }) => {
      const { id } = getOrganization(tenant.state, params.id);
      const { is_enabled } = query;
      const links = linksOf(tenant.state, id).filter(
        (link) => is_enabled === undefined || link.is_enabled === is_enabled,
      );
      const shown = links.map((link) => renderLink(tenant, link));
      return ok(renderList("connections", shown, query));
    },
  }),
  ...listEndpointsOf(NEWER, tenant),

  // The older one lists enabled connections only.
  endpoint({
    method: "GET",
    path: OLDER.path,
    scopes: READ,
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { id } = getOrganization(tenant.state, params.id);
      const links = linksOf(tenant.state, id).filter((link) => link.is_enabled);
      const shown = links.map((link) => renderEnabledLink(tenant, link));
      return ok(renderList("enabled_connections", shown, query));
    },
  }),
  ...listEndpointsOf(OLDER, tenant),
];

function listEndpointsOf(
  { path, render, add, update, remove }: Generation,
  tenant: Pick<Tenant, "state">,
): readonly Endpoint[] {
  const readLink = ({ id, connectionId = "" }: EndpointRequest["params"]): OrganizationConnection =>
    getLink(tenant.state, getOrganization(tenant.state, id).id, connectionId);
  return [
    endpoint<ConnectionBody>({
      method: "POST",
      path,
      scopes: CREATE,
      ...add,
      handle: ({ params, body }) => {
        const { id } = getOrganization(tenant.state, params.id);
        return created(render(tenant, addConnection(tenant.state, id, body)));
      },
    }),
    endpoint({
      method: "GET",
      path: `${path}/:connectionId`,
      scopes: READ,
      handle: ({ params }) => ok(render(tenant, readLink(params))),
    }),
    endpoint<Omit<ConnectionBody, "connection_id">>({
      method: "PATCH",
      path: `${path}/:connectionId`,
      scopes: UPDATE,
      ...update,
      handle: ({ params, body }) => ok(render(tenant, updateConnection(tenant.state, readLink(params), body))),
    }),
    endpoint({
      method: "DELETE",
      path: `${path}/:connectionId`,
      scopes: DELETE,
      ...remove,
      handle: ({ params }) => {
        const { id } = getOrganization(tenant.state, params.id);
        tenant.state.organizationConnections.delete(linkId(id, params.connectionId ?? ""));
        return NO_CONTENT;
      },
    }),
  ];
}
