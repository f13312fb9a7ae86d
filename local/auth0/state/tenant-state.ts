import type { Collection, Journal } from "../../state/journal.ts";
import type { SigningKeyRecord } from "../signing-keys.ts";
import type { Client, ClientGrant, ResourceServer } from "./resources.ts";

/** Everything the tenant remembers, a collection a kind. Saved as it changes (local/state/journal.ts). */
export interface TenantState {
  /** The tenant settings, one record under the id `tenant`. */
  readonly settings: Collection<Readonly<Record<string, unknown>>>;
  readonly signingKeys: Collection<SigningKeyRecord>;
  readonly clients: Collection<Client>;
  readonly clientGrants: Collection<ClientGrant>;
  readonly resourceServers: Collection<ResourceServer>;
}

export function openTenantState(journal: Journal): TenantState {
  return {
    settings: journal.collection("settings"),
    signingKeys: journal.collection("signing_keys"),
    clients: journal.collection("clients"),
    clientGrants: journal.collection("client_grants"),
    resourceServers: journal.collection("resource_servers"),
  };
}
