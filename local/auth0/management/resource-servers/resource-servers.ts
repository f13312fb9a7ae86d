import { newSecret } from "../../digest.ts";
import { newId } from "../../ids.ts";
import type { ResourceServer } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { withoutNulls } from "../merge.ts";
import { refuseUnimplemented } from "../not-implemented.ts";
import { FIELDS_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { findResourceServer, getResourceServer } from "../records/resource-server.ts";
import { listOf, text } from "../schema.ts";
import { RESOURCE_SERVER_DEFAULTS } from "./defaults.ts";
import { removePermissions, removeResourceServer } from "./remove.ts";
import { findSystemApi } from "./system-apis.ts";

type Fields = Partial<ResourceServer>;

const LIST_QUERY = {
  ...PAGE_QUERY,
  ...FIELDS_QUERY,
  identifiers: listOf(text(), "An optional filter on the resource server identifier.", { maxItems: 10 }),
};

export const resourceServers: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/resource-servers",
    scopes: ["read:resource_servers"],
    query: LIST_QUERY,
    handle: ({ query }) => {
      const identifiers = Array.isArray(query.identifiers) ? new Set<unknown>(query.identifiers) : undefined;
      const found = tenant.state.resourceServers.filter(
        ({ identifier }) => identifiers === undefined || identifiers.has(identifier),
      );
      return ok(renderList("resource_servers", found, query));
    },
  }),
  endpoint<Fields & { identifier: string }>({
    method: "POST",
    path: "/resource-servers",
    summary: "Create a resource server",
    scopes: ["create:resource_servers"],
    body: "CreateResourceServerRequestContent",
    handle: ({ body }) => {
      checkImplemented(tenant, body);
      if (tenant.state.resourceServers.find(({ identifier }) => identifier === body.identifier) !== undefined) {
        throw new ManagementError(409, "A resource server with the same identifier already exists.");
      }
      const id = newId.hex24();
      const given = { id, ...RESOURCE_SERVER_DEFAULTS, ...withoutNulls(body) };
      const api = withSecret({ ...given, ...findSystemApi(tenant, body.identifier) });
      return created(tenant.state.resourceServers.set(id, api));
    },
  }),
  endpoint({
    method: "GET",
    path: "/resource-servers/:id",
    scopes: ["read:resource_servers"],
    query: { include_fields: FIELDS_QUERY.include_fields ?? {} },
    handle: ({ params }) => ok(getResourceServer(tenant.state, params.id)),
  }),
  endpoint<Fields>({
    method: "PATCH",
    path: "/resource-servers/:id",
    summary: "Update a resource server",
    scopes: ["update:resource_servers"],
    body: "UpdateResourceServerRequestContent",
    handle: ({ params, body }) => ok(updateResourceServer(tenant, getResourceServer(tenant.state, params.id), body)),
  }),
  endpoint({
    method: "DELETE",
    path: "/resource-servers/:id",
    summary: "Delete a resource server",
    scopes: ["delete:resource_servers"],
    handle: ({ params }) => {
      const found = findResourceServer(tenant.state, params.id ?? "");
      if (found?.is_system === true && findSystemApi(tenant, found.identifier) === undefined)
        throw new ManagementError(400, "System resource servers cannot be deleted.");
      if (found !== undefined) removeResourceServer(tenant.state, found);
      return NO_CONTENT;
    },
  }),
];

function updateResourceServer(
  tenant: Pick<Tenant, "log" | "state">,
  current: ResourceServer,
  changes: Fields,
): ResourceServer {
  // The status is recorded, the words are ours. Scopes of the Management API say what this tenant can do.
  if (current.is_system === true) throw new ManagementError(400, "System resource servers cannot be updated.");
  checkImplemented(tenant, changes);
  const updated = withSecret(withoutNulls({ ...current, ...changes }));
  const values = new Set((updated.scopes ?? []).map(({ value }) => value));
  tenant.state.resourceServers.set(current.id, updated);
  removePermissions(
    tenant.state,
    ({ resource_server_identifier: identifier, permission_name: name }) =>
      identifier === current.identifier && !values.has(name),
  );
  return updated;
}

/** An API that verifies by a shared secret has one. */
const withSecret = (api: ResourceServer): ResourceServer =>
  api.signing_alg === "HS256" ? { signing_secret: newSecret(), ...api } : api;

/** Throws 400 for what would make other tokens than this tenant signs. */
function checkImplemented(tenant: Pick<Tenant, "log">, fields: Fields): void {
  for (const name of ["token_encryption", "proof_of_possession", "consent_policy"]) {
    if (fields[name] !== undefined && fields[name] !== null) refuseUnimplemented(tenant, name);
  }
}
