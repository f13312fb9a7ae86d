import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";
import { addCredential, type NewCredential } from "./add-credential.ts";

interface NewMethods {
  readonly private_key_jwt?: { readonly credentials: readonly NewCredential[] };
}

/** Makes the credentials that a new client comes with; the client names them by their ids. Throws what addCredential throws. */
export function addCredentials(tenant: Pick<Tenant, "clock" | "state">, client: Client): Client {
  const given = (client.client_authentication_methods as NewMethods | undefined)?.private_key_jwt;
  if (given === undefined) return client;
  const added = given.credentials.map((credential) => addCredential(tenant, client.client_id, credential));
  return {
    ...client,
    client_authentication_methods: { private_key_jwt: { credentials: added.map(({ id }) => ({ id })) } },
  };
}

/** @throws {ManagementError} 400 for a credential that the client does not have */
export function checkCredentials({ state }: Pick<Tenant, "state">, client: Client): void {
  const known = state.clientCredentials(client.client_id);
  const named = [
    client.client_authentication_methods?.private_key_jwt,
    client.signed_request_object,
    client.token_vault_privileged_access,
  ].flatMap((use) => use?.credentials ?? []);
  const missing = named.find(({ id }) => !known.has(id));
  if (missing !== undefined) {
    throw new ManagementError(400, `The client has no credential ${missing.id}.`, "invalid_body");
  }
}
