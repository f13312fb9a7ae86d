import type { TenantState } from "../../state/tenant-state.ts";

/** Removes a grant, in the organizations that it was added to as well. */
export function removeClientGrant(
  { clientGrants, organizationClientGrants }: Pick<TenantState, "clientGrants" | "organizationClientGrants">,
  id: string,
): void {
  clientGrants.delete(id);
  organizationClientGrants.deleteWhere(({ grant_id }) => grant_id === id);
}
