import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { PAGE_QUERY } from "../paging.ts";
import { getClient } from "../records/client.ts";
import { addCredential, type NewCredential, renderCredential } from "./add-credential.ts";

/** Public keys and certificates of a client: with those that `client_authentication_methods` names it proves itself. */
export const clientCredentials: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/clients/:client_id/credentials",
    scopes: ["read:client_credentials"],
    query: PAGE_QUERY,
    handle: ({ params }) => ok(credentialsOf(tenant, params.client_id).values().map(renderCredential)),
  }),
  endpoint<NewCredential>({
    method: "POST",
    path: "/clients/:client_id/credentials",
    scopes: ["create:client_credentials"],
    body: "PostClientCredentialRequestContent",
    handle: ({ params, body }) => {
      const { client_id } = getClient(tenant.state, params.client_id);
      return created(renderCredential(addCredential(tenant, client_id, body)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["read:client_credentials"],
    handle: ({ params }) => ok(renderCredential(getCredential(tenant, params))),
  }),
  endpoint<{ readonly expires_at?: string | null }>({
    method: "PATCH",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["update:client_credentials"],
    body: "PatchClientCredentialRequestContent",
    handle: ({ params, body }) => {
      const current = getCredential(tenant, params);
      const changed = { ...current, ...body, updated_at: isoTime(tenant.clock()) };
      return ok(renderCredential(credentialsOf(tenant, params.client_id).set(current.id, changed)));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["delete:client_credentials"],
    handle: ({ params }) => {
      credentialsOf(tenant, params.client_id).delete(params.id ?? "");
      return NO_CONTENT;
    },
  }),
];

function credentialsOf({ state }: Pick<Tenant, "state">, clientId = "") {
  return state.clientCredentials(getClient(state, clientId).client_id);
}

function getCredential(tenant: Pick<Tenant, "state">, { client_id, id = "" }: Readonly<Record<string, string>>) {
  const found = credentialsOf(tenant, client_id).get(id);
  return getOr404(found, "The credential does not exist.", "inexistent_credential");
}
