import type { TenantState } from "../../state/tenant-state.ts";

/** Removes a grant, in the organizations that it was added to as well. */
export function removeClientGrant(
  { clientGrants, organizationClientGrants }: Pick<TenantState, "clientGrants" | "organizationClientGrants">,
  id: string,
): void {
  clientGrants.delete(id);
  const added = organizationClientGrants.filter(({ grant_id }) => grant_id === id);
  for (const entry of added) organizationClientGrants.delete(entry.id);
}
