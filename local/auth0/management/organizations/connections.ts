import { created, endpoint, noContent, ok, type Resource } from "../endpoint.ts";
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
import { ADD_CONNECTION, ADD_ENABLED_CONNECTION, UPDATE_CONNECTION, UPDATE_ENABLED_CONNECTION } from "./schema.ts";

const READ = ["read:organization_connections"] as const;
const CREATE = ["create:organization_connections"] as const;
const UPDATE = ["update:organization_connections"] as const;
const DELETE = ["delete:organization_connections"] as const;

/** Auth0 has two generations of these endpoints over the same links; the older one lists enabled ones only. */
export const organizationConnections: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/connections",
    scopes: READ,
    query: { ...PAGE_QUERY, is_enabled: { type: "boolean" } },
    handle: ({ params, query }) => {
      const { id } = getOrganization(tenant, params.id);
      const { is_enabled } = query;
      const links = linksOf(tenant, id).filter((link) => is_enabled === undefined || link.is_enabled === is_enabled);
      const shown = links.map((link) => renderLink(tenant, link));
      return ok(renderList("connections", shown, query));
    },
  }),
  endpoint<ConnectionBody>({
    method: "POST",
    path: "/organizations/:id/connections",
    summary: "Create an Organization Connection",
    scopes: CREATE,
    body: ADD_CONNECTION,
    handle: ({ params, body }) => {
      const { id } = getOrganization(tenant, params.id);
      return created(renderLink(tenant, addConnection(tenant, id, body)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/connections/:connectionId",
    scopes: READ,
    handle: ({ params }) => {
      const { id } = getOrganization(tenant, params.id);
      return ok(renderLink(tenant, getLink(tenant, id, params.connectionId ?? "")));
    },
  }),
  endpoint<Omit<ConnectionBody, "connection_id">>({
    method: "PATCH",
    path: "/organizations/:id/connections/:connectionId",
    summary: "Update an Organization Connection",
    scopes: UPDATE,
    body: UPDATE_CONNECTION,
    handle: ({ params, body }) => {
      const { id } = getOrganization(tenant, params.id);
      const link = getLink(tenant, id, params.connectionId ?? "");
      return ok(renderLink(tenant, updateConnection(tenant, link, body)));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/organizations/:id/connections/:connectionId",
    summary: "Delete an Organization Connection",
    scopes: DELETE,
    handle: ({ params }) => {
      const { id } = getOrganization(tenant, params.id);
      tenant.state.organizationConnections.delete(getLink(tenant, id, params.connectionId ?? "").id);
      return noContent;
    },
  }),

  endpoint({
    method: "GET",
    path: "/organizations/:id/enabled_connections",
    scopes: READ,
    query: PAGE_QUERY,
    handle: ({ params, query }) => {
      const { id } = getOrganization(tenant, params.id);
      const links = linksOf(tenant, id).filter((link) => link.is_enabled);
      const shown = links.map((link) => renderEnabledLink(tenant, link));
      return ok(renderList("enabled_connections", shown, query));
    },
  }),
  endpoint<ConnectionBody>({
    method: "POST",
    path: "/organizations/:id/enabled_connections",
    summary: "Add connections to an organization",
    scopes: CREATE,
    body: ADD_ENABLED_CONNECTION,
    handle: ({ params, body }) => {
      const { id } = getOrganization(tenant, params.id);
      return created(renderEnabledLink(tenant, addConnection(tenant, id, body)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/enabled_connections/:connectionId",
    scopes: READ,
    handle: ({ params }) => {
      const { id } = getOrganization(tenant, params.id);
      return ok(renderEnabledLink(tenant, getLink(tenant, id, params.connectionId ?? "")));
    },
  }),
  endpoint<Omit<ConnectionBody, "connection_id">>({
    method: "PATCH",
    path: "/organizations/:id/enabled_connections/:connectionId",
    summary: "Modify an Organizations Connection",
    scopes: UPDATE,
    body: UPDATE_ENABLED_CONNECTION,
    handle: ({ params, body }) => {
      const { id } = getOrganization(tenant, params.id);
      const link = getLink(tenant, id, params.connectionId ?? "");
      return ok(renderEnabledLink(tenant, updateConnection(tenant, link, body)));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/organizations/:id/enabled_connections/:connectionId",
    summary: "Delete connections from an organization",
    scopes: DELETE,
    handle: ({ params }) => {
      const { id } = getOrganization(tenant, params.id);
      tenant.state.organizationConnections.delete(getLink(tenant, id, params.connectionId ?? "").id);
      return noContent;
    },
  }),
];
