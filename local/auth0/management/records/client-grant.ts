import type { ClientGrant } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getClientGrant({ clientGrants }: Pick<TenantState, "clientGrants">, id: string): ClientGrant {
  const grant = clientGrants.get(id);
  if (grant === undefined) throw new ManagementError(404, "The grant does not exist.", "inexistent_client_grant");
  return grant;
}
