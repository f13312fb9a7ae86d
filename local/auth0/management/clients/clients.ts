import { newId } from "../../ids.ts";
import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { withoutNulls } from "../merge.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { getClient } from "../records/client.ts";
import { flag, text } from "../schema.ts";
import { addCredentials, checkCredentials } from "./authentication-methods.ts";
import { checkProfiles } from "./check-profiles.ts";
import { checkStrict } from "./check-strict.ts";
import { planClient } from "./defaults.ts";
import { filterByGrants } from "./filter-by-grants.ts";
import { checkImplemented } from "./limits.ts";
import { removeClient } from "./remove.ts";
import { renderClient } from "./render.ts";
import { updateClient } from "./update.ts";

const READ_SCOPES = ["read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"] as const;
const FILTERS = {
  is_global: flag("Optional filter on the global client parameter."),
  is_first_party: flag("Optional filter on whether or not a client is a first-party client."),
  q: text("Advanced Query in Lucene syntax."),
  app_type: text("Optional filter by a comma-separated list of application types."),
};

type Fields = Readonly<Record<string, unknown>>;

export const clients: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/clients",
    scopes: READ_SCOPES,
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY, ...FIELDS_QUERY, ...FILTERS },
    handle: async ({ query, scopes }) => {
      const isFound = filterByGrants(tenant.state, query.q);
      const found = tenant.state.clients.filter((client) => matches(client, query) && isFound(client));
      const rendered = await Promise.all(found.map((client) => renderClient(tenant, client, scopes)));
      return ok(
        renderList(
          "clients",
          rendered.map((client) => selectFields(client, query)),
          query,
        ),
      );
    },
  }),
  endpoint<Fields>({
    method: "POST",
    path: "/clients",
    summary: "Create a client",
    scopes: ["create:clients"],
    body: "CreateClientRequestContent",
    handle: async ({ body, scopes }) => {
      checkImplemented(tenant, body);
      checkStrict(body);
      checkAliases(tenant.state, body);
      checkProfiles(tenant.state, body);
      const client = addCredentials(tenant, planClient(tenant, withoutNulls(body)));
      tenant.state.clients.set(client.client_id, client);
      return created({ ...(await renderClient(tenant, client, scopes)), encrypted: true });
    },
  }),
  endpoint({
    method: "GET",
    path: "/clients/:id",
    scopes: READ_SCOPES,
    query: FIELDS_QUERY,
    handle: async ({ params, query, scopes }) =>
      ok(selectFields(await renderClient(tenant, getClient(tenant.state, params.id), scopes), query)),
  }),
  endpoint<Fields>({
    method: "PATCH",
    path: "/clients/:id",
    summary: "Update a client",
    scopes: [
      "update:clients",
      "update:client_keys",
      "update:client_credentials",
      "update:client_token_vault_privileged_access",
    ],
    body: "UpdateClientRequestContent",
    handle: async ({ params, body, scopes }) => {
      const current = getClient(tenant.state, params.id);
      checkImplemented(tenant, body);
      checkStrict(body, current);
      checkAliases(tenant.state, body, current.client_id);
      checkProfiles(tenant.state, body);
      const updated = updateClient(current, body, scopes);
      checkCredentials(tenant, updated);
      tenant.state.clients.set(current.client_id, updated);
      return ok(await renderClient(tenant, updated, scopes));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/clients/:id",
    summary: "Delete a client",
    scopes: ["delete:clients"],
    handle: ({ params }) => {
      const client = tenant.state.clients.get(params.id ?? "");
      if (client?.global === true) throw new ManagementError(400, "Global client cannot be deleted.");
      if (client !== undefined) removeClient(tenant.state, client.client_id);
      return NO_CONTENT;
    },
  }),
  endpoint({
    method: "POST",
    path: "/clients/:id/rotate-secret",
    summary: "Rotate a client secret",
    scopes: ["update:client_keys"],
    handle: async ({ params, scopes }) => {
      const rotated = { ...getClient(tenant.state, params.id), client_secret: newId.clientSecret() };
      tenant.state.clients.set(rotated.client_id, rotated);
      return ok(await renderClient(tenant, rotated, scopes));
    },
  }),
];

function matches(client: Client, query: Query): boolean {
  if (query.is_global !== undefined && (client.global ?? false) !== query.is_global) return false;
  if (query.is_first_party !== undefined && (client.is_first_party ?? true) !== query.is_first_party) return false;
  if (typeof query.app_type !== "string") return true;
  return client.app_type !== undefined && query.app_type.split(",").includes(client.app_type);
}

/** Aliases are the audiences of SAML: names may be shared by clients, these may not. */
function checkAliases({ clients }: Pick<TenantState, "clients">, body: Fields, ownId?: string): void {
  const aliases = new Set<unknown>(Array.isArray(body.client_aliases) ? body.client_aliases : []);
  const owner = clients.find(
    ({ client_id, client_aliases }) =>
      client_id !== ownId && Array.isArray(client_aliases) && client_aliases.some((alias) => aliases.has(alias)),
  );
  if (owner !== undefined) throw new ManagementError(409, "Another client exists with the same alias.");
}
