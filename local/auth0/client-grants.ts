import type { Client, ClientGrant } from "./state/resources.ts";
import type { TenantState } from "./state/tenant-state.ts";

/** What a client may ask of an API, for itself or for its users: by its own grant, else by the one that all third parties have. */
export function findClientGrant(
  { clientGrants }: Pick<TenantState, "clientGrants">,
  { client_id, is_first_party }: Client,
  audience: string,
  subjectType: ClientGrant["subject_type"],
): ClientGrant | undefined {
  const find = (isMeant: (grant: ClientGrant) => boolean) =>
    clientGrants.find((one) => one.audience === audience && one.subject_type === subjectType && isMeant(one));
  const own = find((grant) => grant.client_id === client_id);
  if (own !== undefined || is_first_party !== false) return own;
  return find(({ default_for }) => default_for === "third_party_clients");
}
