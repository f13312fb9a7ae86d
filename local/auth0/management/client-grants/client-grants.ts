import { newId } from "../../ids.ts";
import type { ClientGrant, ResourceServer } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { getClient } from "../records/client.ts";
import { getClientGrant } from "../records/client-grant.ts";
import { getResourceServer } from "../records/resource-server.ts";
import { choice, flag, text } from "../schema.ts";
import { removeClientGrant } from "./remove.ts";

type NewGrant = Partial<ClientGrant> & { readonly audience: string };

const FILTERS = {
  audience: text("Optional filter on audience."),
  client_id: text("Optional filter on client_id."),
  allow_any_organization: flag("Optional filter on allow_any_organization."),
  subject_type: choice(["client", "user"], "The type of application access the client grant allows."),
  default_for: choice(["third_party_clients"]),
};

export const clientGrants: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/client-grants",
    scopes: ["read:client_grants"],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY, ...FILTERS },
    handle: ({ query }) =>
      ok(
        renderList(
          "client_grants",
          state.clientGrants.filter((grant) => matches(grant, query)),
          query,
        ),
      ),
  }),
  endpoint<NewGrant>({
    method: "POST",
    path: "/client-grants",
    summary: "Create client grant",
    scopes: ["create:client_grants"],
    body: "CreateClientGrantRequestContent",
    handle: ({ body }) => created(createClientGrant(state, body)),
  }),
  endpoint({
    method: "GET",
    path: "/client-grants/:id",
    scopes: ["read:client_grants"],
    handle: ({ params }) => ok(getClientGrant(state, params.id)),
  }),
  endpoint<Partial<ClientGrant>>({
    method: "PATCH",
    path: "/client-grants/:id",
    summary: "Update a client grant",
    scopes: ["update:client_grants"],
    body: "UpdateClientGrantRequestContent",
    handle: ({ params, body }) => {
      const current = getClientGrant(state, params.id);
      const scope = body.scope === undefined ? current.scope : (body.scope ?? []);
      const updated = { ...current, ...body, scope };
      return ok(state.clientGrants.set(current.id, updated));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/client-grants/:id",
    summary: "Delete client grant",
    scopes: ["delete:client_grants"],
    handle: ({ params }) => {
      removeClientGrant(state, params.id ?? "");
      return NO_CONTENT;
    },
  }),
];

function createClientGrant(
  state: Pick<TenantState, "clientGrants" | "clients" | "resourceServers">,
  body: NewGrant,
): ClientGrant {
  const api = getResourceServer(state, body.audience);
  if (body.default_for === undefined) checkClient(state, body.client_id);
  else checkDefault(api, body);
  const { client_id, default_for, audience, scope = [], subject_type = "client", ...others } = body;
  const isTaken = (grant: ClientGrant) =>
    grant.client_id === client_id &&
    grant.default_for === default_for &&
    grant.audience === audience &&
    grant.subject_type === subject_type;
  if (state.clientGrants.find(isTaken) !== undefined) {
    throw new ManagementError(409, `A client grant already exists between ${client_id ?? default_for} and ${audience}`);
  }
  const id = newId.clientGrant();
  const whose = client_id === undefined ? { default_for } : { client_id };
  return state.clientGrants.set(id, { id, ...whose, audience, scope, subject_type, ...others } as ClientGrant);
}

function checkClient(state: Pick<TenantState, "clients">, clientId: string | undefined): void {
  if (clientId === undefined) {
    throw new ManagementError(400, "Payload validation error: 'Missing required property: client_id'.", "invalid_body");
  }
  const client = getClient(state, clientId);
  if (client.global !== true && client.app_type !== "express_configuration") return;
  const type = client.global === true ? "global" : client.app_type;
  throw new ManagementError(400, `Client of type ${type} cannot be used`, "validation_error");
}

/** Source: Auth0 docs, "Default permissions for third-party applications"; the words are this tenant's. */
function checkDefault({ is_system }: ResourceServer, { client_id }: NewGrant): void {
  if (client_id !== undefined) {
    throw new ManagementError(400, "A client grant has a client_id or default_for, not both.", "invalid_body");
  }
  if (is_system === true) {
    throw new ManagementError(400, "The APIs of the tenant itself have no grants by default.", "invalid_body");
  }
}

function matches(grant: ClientGrant, query: Query): boolean {
  return Object.keys(FILTERS).every((name) => query[name] === undefined || (grant[name] ?? false) === query[name]);
}
