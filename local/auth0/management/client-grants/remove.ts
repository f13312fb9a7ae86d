import type { Tenant } from "../../tenant.ts";

/** Removes a grant, in the organizations that it was added to as well. */
export function removeClientGrant(tenant: Tenant, id: string): void {
  tenant.state.clientGrants.delete(id);
  const added = tenant.state.organizationClientGrants.filter(({ grant_id }) => grant_id === id);
  for (const entry of added) tenant.state.organizationClientGrants.delete(entry.id);
}
