import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getClient(tenant: Tenant, id: string): Client {
  const client = tenant.state.clients.get(id);
  if (client === undefined) throw new ManagementError(404, "The client does not exist", "inexistent_client");
  return client;
}
