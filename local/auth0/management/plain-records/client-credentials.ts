import { createHash } from "node:crypto";
import { newId } from "../../ids.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { isoTime } from "../../timestamps.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404 } from "../error.ts";
import { PAGE_QUERY } from "../paging.ts";
import { getClient } from "../records/client.ts";
import type { Fields } from "./fields.ts";

/** Public keys and certificates of a client. They are stored; no client here authenticates with one. */
export const clientCredentials: Resource = ({ clock, state }) => [
  endpoint({
    method: "GET",
    path: "/clients/:client_id/credentials",
    scopes: ["read:client_credentials"],
    query: PAGE_QUERY,
    handle: ({ params }) => ok(credentialsOf(state, params.client_id).values()),
  }),
  endpoint<Fields>({
    method: "POST",
    path: "/clients/:client_id/credentials",
    scopes: ["create:client_credentials"],
    body: "PostClientCredentialRequestContent",
    handle: ({ params, body }) => {
      const { pem, parse_expiry_from_cert: _parse, ...shown } = body;
      const id = newId.credential();
      const now = isoTime(clock());
      const kid = createHash("sha256")
        .update(String(pem ?? body.subject_dn ?? id))
        .digest("base64url");
      const record = { id, alg: "RS256", kid, ...shown, created_at: now, updated_at: now };
      return created(credentialsOf(state, params.client_id).set(id, record));
    },
  }),
  endpoint({
    method: "GET",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["read:client_credentials"],
    handle: ({ params }) => ok(getCredential(state, params)),
  }),
  endpoint<Fields>({
    method: "PATCH",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["update:client_credentials"],
    body: "PatchClientCredentialRequestContent",
    handle: ({ params, body }) => {
      const record = { ...getCredential(state, params), ...body, updated_at: isoTime(clock()) };
      return ok(credentialsOf(state, params.client_id).set(params.id ?? "", record));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/clients/:client_id/credentials/:id",
    scopes: ["delete:client_credentials"],
    handle: ({ params }) => {
      credentialsOf(state, params.client_id).delete(params.id ?? "");
      return NO_CONTENT;
    },
  }),
];

function credentialsOf(state: Pick<TenantState, "clients" | "records">, clientId = "") {
  getClient(state, clientId);
  return state.records(`/clients/${clientId}/credentials`);
}

function getCredential(
  state: Pick<TenantState, "clients" | "records">,
  { client_id, id = "" }: Readonly<Record<string, string>>,
): Fields {
  return getOr404(credentialsOf(state, client_id).get(id), "The credential does not exist.", "inexistent_credential");
}
