import type { ClientGrant } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getClientGrant(tenant: Tenant, id: string): ClientGrant {
  const grant = tenant.state.clientGrants.get(id);
  if (grant === undefined) throw new ManagementError(404, "The grant does not exist.", "inexistent_client_grant");
  return grant;
}
