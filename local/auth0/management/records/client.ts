import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

/** Throws 404. */
export function getClient({ clients }: Pick<TenantState, "clients">, id = ""): Client {
  return getOr404(clients.get(id), "The client does not exist", "inexistent_client");
}
