import type { ClientGrant } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

/** Throws 404. */
export function getClientGrant({ clientGrants }: Pick<TenantState, "clientGrants">, id = ""): ClientGrant {
  return getOr404(clientGrants.get(id), "The grant does not exist.", "inexistent_client_grant");
}
