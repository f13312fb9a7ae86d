import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getClient({ clients }: Pick<TenantState, "clients">, id: string): Client {
  const client = clients.get(id);
  if (client === undefined) throw new ManagementError(404, "The client does not exist", "inexistent_client");
  return client;
}
